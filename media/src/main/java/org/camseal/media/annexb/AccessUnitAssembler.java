package org.camseal.media.annexb;

import java.util.ArrayList;
import java.util.List;
import org.camseal.media.Codec;
import org.camseal.media.MalformedException;
import org.camseal.media.MediaException;
import org.camseal.media.NalUnit;
import org.camseal.media.SliceHeaders;
import org.camseal.media.headers.SliceHeaderReaders;
import org.jspecify.annotations.Nullable;

/**
 * Groups a stream's NAL units to access units, clear or sealed (ITU-T H.264 section 7.4.1.2.3, H.265 section 7.4.2.4.4). An access
 * unit is known to be complete when the next one begins. Confined to one thread.
 */
public final class AccessUnitAssembler {
    /** The longest access unit gathered, in bytes. */
    public static final int MAX_UNIT_BYTES = 64 << 20;

    private final SliceHeaders headers;
    private List<NalUnit> gathered = new ArrayList<>();
    private long gatheredBytes;
    private boolean hasSlice;
    private boolean ended;

    public AccessUnitAssembler(Codec codec) {
        this.headers = SliceHeaderReaders.of(codec);
    }

    /**
     * Takes the next NAL unit.
     *
     * @return the access unit before it, if it is the first of the next, else null
     * @throws MediaException where a parameter set or slice header cannot be read, or the access unit has more than
     *     {@link #MAX_UNIT_BYTES}; the NAL unit is not taken then
     */
    public @Nullable List<NalUnit> add(NalUnit nal) throws MediaException {
        headers.accept(nal);
        boolean slice = isPrimarySlice(nal);
        boolean startsPicture = slice && headers.startsPicture(nal);
        boolean starts = hasSlice && (ended || startsPicture || startsUnit(nal));
        List<NalUnit> complete = starts ? finish() : null;
        if (gatheredBytes + nal.length() > MAX_UNIT_BYTES) {
            throw new MalformedException("an access unit of more than " + MAX_UNIT_BYTES + " bytes");
        }
        gathered.add(nal);
        gatheredBytes += nal.length();
        hasSlice |= slice;
        ended |= isEnd(nal);
        return complete;
    }

    /** What is gathered at the end of the stream; null where there is nothing. Begins anew. */
    public @Nullable List<NalUnit> finish() {
        List<NalUnit> rest = gathered;
        gathered = new ArrayList<>();
        gatheredBytes = 0;
        hasSlice = false;
        ended = false;
        return rest.isEmpty() ? null : rest;
    }

    /** A slice of the picture that a decoder of the base format shows. */
    private static boolean isPrimarySlice(NalUnit nal) {
        return nal.isSlice() && (nal.codec() == Codec.H264 ? nal.type() <= 5 : isBaseLayer(nal));
    }

    /** A unit that, behind a slice, can only belong to the next access unit. */
    private static boolean startsUnit(NalUnit nal) {
        int type = nal.type();
        if (nal.codec() == Codec.H264) {
            return (type >= 6 && type <= 9) || (type >= 14 && type <= 18);
        }
        boolean prefix =
                (type >= 32 && type <= 35) || type == 39 || (type >= 41 && type <= 44) || (type >= 48 && type <= 55);
        return prefix && isBaseLayer(nal);
    }

    /** End of sequence or of stream: nothing of the same access unit comes behind it. */
    private static boolean isEnd(NalUnit nal) {
        int type = nal.type();
        return nal.codec() == Codec.H264 ? type == 10 || type == 11 : type == 36 || type == 37;
    }

    private static boolean isBaseLayer(NalUnit nal) {
        return (nal.bytes()[0] & 1) == 0 && (nal.bytes()[1] & 0xf8) == 0;
    }
}
