package org.camseal.ffmpeg;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.camseal.media.Codec;
import org.camseal.media.MalformedException;
import org.camseal.media.MediaException;
import org.camseal.media.NalUnit;
import org.camseal.media.annexb.AnnexB;

/**
 * How a container stores NAL units, from its decoder configuration.
 *
 * @param lengthBytes of the length in front of each unit; 0 where start codes stand between them
 * @param parameterSets stored out of band
 */
record NalConfiguration(int lengthBytes, List<NalUnit> parameterSets) {
    private static final int AVCC_HEADER = 5;
    private static final int HVCC_HEADER = 22;

    /** Reads an avcC or hvcC record (ISO/IEC 14496-15 sections 5.3.3.1, 8.3.3.1), or a byte stream of parameter sets. */
    static NalConfiguration parse(Codec codec, byte[] extradata) throws MediaException {
        if (extradata.length == 0) {
            return new NalConfiguration(0, List.of());
        }
        if (extradata[0] == 0) {
            // A start code; avcC and hvcC begin with the version, 1 (old hvcC writers: 0, then a profile that is not
            // 0).
            boolean startCode = extradata.length > 3 && extradata[1] == 0 && (extradata[2] == 1 || extradata[2] == 0);
            if (startCode) {
                return new NalConfiguration(0, AnnexB.split(codec, extradata));
            }
        }
        return codec == Codec.H265 ? hvcC(extradata) : avcC(extradata);
    }

    private static NalConfiguration avcC(byte[] bytes) throws MediaException {
        Cursor cursor = new Cursor(bytes, AVCC_HEADER);
        int lengthBytes = lengthBytes(bytes[AVCC_HEADER - 1]);
        List<NalUnit> sets = new ArrayList<>();
        cursor.units(Codec.H264, cursor.u8() & 0x1f, sets);
        cursor.units(Codec.H264, cursor.u8(), sets);
        return new NalConfiguration(lengthBytes, sets);
    }

    private static NalConfiguration hvcC(byte[] bytes) throws MediaException {
        Cursor cursor = new Cursor(bytes, HVCC_HEADER);
        int lengthBytes = lengthBytes(bytes[HVCC_HEADER - 1]);
        List<NalUnit> sets = new ArrayList<>();
        int arrays = cursor.u8();
        for (int i = 0; i < arrays; i++) {
            cursor.u8(); // array_completeness and the type, which the units say themselves
            cursor.units(Codec.H265, cursor.u16(), sets);
        }
        return new NalConfiguration(
                lengthBytes, sets.stream().filter(NalUnit::isParameterSet).toList());
    }

    private static int lengthBytes(byte lengthSizeMinusOne) throws MalformedException {
        int bytes = (lengthSizeMinusOne & 3) + 1;
        if (bytes == 3) {
            throw new MalformedException(
                    "a decoder configuration with NAL unit lengths of 3 bytes; 1, 2 or 4 expected");
        }
        return bytes;
    }

    private static final class Cursor {
        private final byte[] bytes;
        private int at;

        Cursor(byte[] bytes, int from) throws MalformedException {
            this.bytes = bytes;
            need(from);
            at = from;
        }

        int u8() throws MalformedException {
            need(1);
            return bytes[at++] & 0xff;
        }

        int u16() throws MalformedException {
            return u8() << 8 | u8();
        }

        void units(Codec codec, int count, List<NalUnit> into) throws MalformedException {
            for (int i = 0; i < count; i++) {
                int length = u16();
                need(length);
                if (length < NalUnit.headerLength(codec)) {
                    throw new MalformedException(
                            "a decoder configuration with a parameter set of " + length + " bytes");
                }
                into.add(NalUnit.of(codec, Arrays.copyOfRange(bytes, at, at + length)));
                at += length;
            }
        }

        private void need(int count) throws MalformedException {
            if (bytes.length - at < count) {
                throw new MalformedException("a decoder configuration of " + bytes.length + " bytes ends too early");
            }
        }
    }
}
