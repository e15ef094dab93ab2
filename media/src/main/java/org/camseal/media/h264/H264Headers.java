package org.camseal.media.h264;

import org.camseal.media.BitReader;
import org.camseal.media.Codec;
import org.camseal.media.MalformedException;
import org.camseal.media.MediaException;
import org.camseal.media.NalUnit;
import org.camseal.media.PictureOrder;
import org.camseal.media.SliceHeaders;
import org.camseal.media.UnsupportedException;
import org.jspecify.annotations.Nullable;

/** The parameter sets of one H.264 stream, and its slice headers read with them (ITU-T H.264 section 7.3.3). */
public final class H264Headers implements SliceHeaders {
    private static final int NON_IDR = 1;
    private static final int IDR = 5;
    private static final int SPS = 7;
    private static final int PPS = 8;

    private final @Nullable Sps[] spsById = new @Nullable Sps[32];
    private final @Nullable Pps[] ppsById = new @Nullable Pps[256];
    private final OrderCounter order = new OrderCounter();
    private @Nullable SliceHeader previous;

    @Override
    public void accept(NalUnit nal) throws MediaException {
        checkCodec(nal);
        switch (nal.type()) {
            case SPS -> {
                Sps sps = Sps.parse(nal);
                spsById[sps.id()] = sps;
            }
            case PPS -> {
                Pps pps = Pps.parse(nal);
                ppsById[pps.id()] = pps;
            }
            default -> {} // a subset SPS is for slices that are refused; nothing else is a parameter set
        }
    }

    @Override
    public int clearLength(NalUnit slice) throws MediaException {
        return parse(slice).clearLengthBytes();
    }

    @Override
    public boolean startsPicture(NalUnit slice) throws MediaException {
        SliceHeader header = parse(slice);
        SliceHeader before = previous;
        previous = header;
        return before == null || header.startsPictureAfter(before);
    }

    @Override
    public PictureOrder pictureOrder(NalUnit firstSlice) throws MediaException {
        SliceHeader header = parse(firstSlice);
        return order.next(header, sps(header));
    }

    /**
     * Reads the header of a slice (NAL unit type 1 or 5).
     *
     * @throws MediaException as {@link SliceHeaders#clearLength}
     */
    public SliceHeader parse(NalUnit slice) throws MediaException {
        checkCodec(slice);
        int nalType = slice.type();
        if (nalType != NON_IDR && nalType != IDR) {
            throw new UnsupportedException(slice
                    + ": only slices of types 1 and 5 are read; data partitions (2 to 4), scalable and multi-view slices"
                    + " (14, 20, 21) and auxiliary pictures (19) are refused");
        }
        if (slice.bytes()[0] < 0) {
            throw new MalformedException(slice + ": forbidden_zero_bit is 1");
        }
        BitReader bits = new BitReader(slice, "H.264 slice header");
        int firstMb = bits.ue("first_mb_in_slice", Integer.MAX_VALUE);
        SliceType type = SliceType.of(bits.ue("slice_type", 9));
        Pps pps = pps(bits.ue("pic_parameter_set_id", 255));
        Sps sps = sps(pps);
        boolean referenced = (slice.bytes()[0] & 0x60) != 0;
        if (nalType == IDR && (!referenced || type.predicts())) {
            throw new MalformedException(slice + ": an IDR slice of type " + type
                    + (referenced ? "" : ", not for reference") + "; I or SI for reference expected");
        }
        return new SliceHeaderReader(bits, nalType == IDR, referenced).read(firstMb, type, sps, pps);
    }

    /**
     * The SPS that a slice's picture is coded with.
     *
     * @throws MalformedException where it is not known
     */
    public Sps sps(SliceHeader header) throws MalformedException {
        return sps(pps(header.picture().ppsId()));
    }

    private Pps pps(int id) throws MalformedException {
        Pps pps = ppsById[id];
        if (pps == null) {
            throw new MalformedException("H.264 slice header: PPS " + id + " has not been seen before this slice");
        }
        return pps;
    }

    private Sps sps(Pps pps) throws MalformedException {
        Sps sps = spsById[pps.spsId()];
        if (sps == null) {
            throw new MalformedException("H.264 slice header: SPS " + pps.spsId() + ", which PPS " + pps.id()
                    + " names, has not been seen before this slice");
        }
        return sps;
    }

    private static void checkCodec(NalUnit nal) {
        if (nal.codec() != Codec.H264) {
            throw new IllegalArgumentException(nal + " handed to a reader of H.264");
        }
    }
}
