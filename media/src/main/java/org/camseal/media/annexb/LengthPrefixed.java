package org.camseal.media.annexb;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.camseal.media.Codec;
import org.camseal.media.MalformedException;
import org.camseal.media.MediaException;
import org.camseal.media.NalUnit;
import org.camseal.media.TruncatedException;

/** NAL units with a length field in front of each, as a sample of MP4 or MKV holds them (ISO/IEC 14496-15 section 5.3.4.2). */
public final class LengthPrefixed {
    private LengthPrefixed() {}

    /**
     * The NAL units of one sample; a length of zero is passed over. Zero bytes behind a unit's end are left away: a unit's last byte is
     * never zero (H.264 section 7.4.1, H.265 section 7.4.2.1), and recorders that take pictures out of a byte stream (ffmpeg 5.1 with
     * H.265) store the zero byte of the next long start code as if it were the unit's.
     *
     * @param lengthBytes 1, 2 or 4: lengthSizeMinusOne + 1
     * @throws MediaException where a length goes on behind the sample's end, or a unit is shorter than its header
     */
    public static List<NalUnit> split(Codec codec, byte[] sample, int lengthBytes) throws MediaException {
        checkLengthBytes(lengthBytes);
        List<NalUnit> units = new ArrayList<>();
        int at = 0;
        while (at < sample.length) {
            if (sample.length - at < lengthBytes) {
                throw new TruncatedException(
                        "sample of " + sample.length + " bytes ends inside of a NAL unit's length at byte " + at);
            }
            long length = 0;
            for (int i = 0; i < lengthBytes; i++) {
                length = (length << 8) | (sample[at + i] & 0xff);
            }
            at += lengthBytes;
            if (length > sample.length - at) {
                throw new TruncatedException("sample, byte " + at + ": a NAL unit of " + length + " bytes, "
                        + (sample.length - at) + " are left");
            }
            if (length > 0) {
                units.add(unit(codec, sample, at, (int) length));
            }
            at += (int) length;
        }
        return units;
    }

    private static NalUnit unit(Codec codec, byte[] sample, int at, int length) throws MalformedException {
        int end = at + length;
        while (end > at && sample[end - 1] == 0) {
            end--;
        }
        if (end - at < NalUnit.headerLength(codec)) {
            throw new MalformedException(
                    "sample, byte " + at + ": a NAL unit of " + (end - at) + " bytes has no header");
        }
        return NalUnit.of(codec, Arrays.copyOfRange(sample, at, end));
    }

    /**
     * The units, each behind its length.
     *
     * @throws IllegalArgumentException where a unit is too long for its length field
     */
    public static byte[] join(List<NalUnit> units, int lengthBytes) {
        checkLengthBytes(lengthBytes);
        int size = 0;
        for (NalUnit nal : units) {
            if (lengthBytes < 4 && nal.length() >> (8 * lengthBytes) != 0) {
                throw new IllegalArgumentException(nal + " does not fit a length field of " + lengthBytes + " bytes");
            }
            size = Math.addExact(size, lengthBytes + nal.length());
        }
        byte[] sample = new byte[size];
        int at = 0;
        for (NalUnit nal : units) {
            for (int i = lengthBytes - 1; i >= 0; i--) {
                sample[at++] = (byte) (nal.length() >>> (8 * i));
            }
            System.arraycopy(nal.bytes(), 0, sample, at, nal.length());
            at += nal.length();
        }
        return sample;
    }

    private static void checkLengthBytes(int lengthBytes) {
        if (lengthBytes != 1 && lengthBytes != 2 && lengthBytes != 4) {
            throw new IllegalArgumentException("length field of " + lengthBytes + " bytes; 1, 2 or 4 expected");
        }
    }
}
