package org.camseal.media.h265;

import org.camseal.media.BitReader;
import org.camseal.media.Codec;
import org.camseal.media.MalformedException;
import org.camseal.media.MediaException;
import org.camseal.media.NalUnit;
import org.camseal.media.PictureOrder;
import org.camseal.media.SliceHeaders;
import org.camseal.media.UnsupportedException;
import org.jspecify.annotations.Nullable;

/** The parameter sets of one H.265 stream, and its slice segment headers read with them (ITU-T H.265 section 7.3.6.1). */
public final class H265Headers implements SliceHeaders {
    private final @Nullable Sps[] spsById = new @Nullable Sps[16];
    private final @Nullable Pps[] ppsById = new @Nullable Pps[64];
    private final OrderCounter order = new OrderCounter();

    @Override
    public void accept(NalUnit nal) throws MediaException {
        checkCodec(nal);
        if (layer(nal) != 0) {
            return; // for layers whose slices are refused
        }
        switch (nal.type()) {
            case NalTypes.SPS -> {
                checkHeader(nal);
                Sps sps = Sps.parse(nal);
                spsById[sps.id()] = sps;
            }
            case NalTypes.PPS -> {
                checkHeader(nal);
                Pps pps = Pps.parse(nal);
                ppsById[pps.id()] = pps;
            }
            case NalTypes.END_OF_SEQUENCE, NalTypes.END_OF_BITSTREAM -> order.endOfSequence();
            default -> {} // no header depends on a VPS
        }
    }

    @Override
    public int clearLength(NalUnit slice) throws MediaException {
        return parse(slice).clearLengthBytes();
    }

    /** {@inheritDoc} In H.265 the slice says so itself. */
    @Override
    public boolean startsPicture(NalUnit slice) throws MediaException {
        checkSlice(slice);
        return new BitReader(slice, "H.265 slice segment header").flag();
    }

    @Override
    public PictureOrder pictureOrder(NalUnit firstSlice) throws MediaException {
        SliceHeader header = parse(firstSlice);
        int temporalId = (firstSlice.bytes()[1] & 7) - 1;
        return order.next(firstSlice.type(), temporalId, header.pocLsb(), sps(header));
    }

    /**
     * Reads the header of a slice segment (NAL unit types 0 to 9 and 16 to 21).
     *
     * @throws MediaException as {@link SliceHeaders#clearLength}
     */
    public SliceHeader parse(NalUnit slice) throws MediaException {
        checkSlice(slice);
        int nalType = slice.type();
        BitReader bits = new BitReader(slice, "H.265 slice segment header");
        boolean first = bits.flag();
        if (NalTypes.isIrap(nalType)) {
            bits.flag(); // no_output_of_prior_pics_flag
        }
        Pps pps = pps(bits.ue("slice_pic_parameter_set_id", 63));
        return new SliceHeaderReader(bits, nalType, sps(pps), pps).read(first);
    }

    /**
     * The SPS that a slice's picture is coded with.
     *
     * @throws MalformedException where it is not known
     */
    public Sps sps(SliceHeader header) throws MalformedException {
        return sps(pps(header.ppsId()));
    }

    private Pps pps(int id) throws MalformedException {
        Pps pps = ppsById[id];
        if (pps == null) {
            throw new MalformedException(
                    "H.265 slice segment header: PPS " + id + " has not been seen before this slice");
        }
        return pps;
    }

    private Sps sps(Pps pps) throws MalformedException {
        Sps sps = spsById[pps.spsId()];
        if (sps == null) {
            throw new MalformedException("H.265 slice segment header: SPS " + pps.spsId() + ", which PPS " + pps.id()
                    + " names, has not been seen before this slice");
        }
        return sps;
    }

    private static int layer(NalUnit nal) {
        byte[] bytes = nal.bytes();
        return ((bytes[0] & 1) << 5) | ((bytes[1] & 0xf8) >> 3);
    }

    private static void checkSlice(NalUnit slice) throws MediaException {
        checkCodec(slice);
        checkHeader(slice);
        if (!NalTypes.isKnownSlice(slice.type())) {
            throw new UnsupportedException(slice + ": only slices of types 0 to 9 and 16 to 21 are read");
        }
        if (layer(slice) != 0) {
            throw new UnsupportedException(slice + " of layer " + layer(slice) + ": only the base layer (0) is read");
        }
    }

    private static void checkHeader(NalUnit nal) throws MalformedException {
        if (nal.bytes()[0] < 0) {
            throw new MalformedException(nal + ": forbidden_zero_bit is 1");
        }
        if ((nal.bytes()[1] & 7) == 0) {
            throw new MalformedException(nal + ": nuh_temporal_id_plus1 is 0; 1 to 7 expected");
        }
    }

    private static void checkCodec(NalUnit nal) {
        if (nal.codec() != Codec.H265) {
            throw new IllegalArgumentException(nal + " handed to a reader of H.265");
        }
    }
}
