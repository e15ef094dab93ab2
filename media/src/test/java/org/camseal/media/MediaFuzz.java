package org.camseal.media;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.camseal.media.annexb.AnnexB;
import org.camseal.media.annexb.AnnexBReader;
import org.camseal.media.annexb.LengthPrefixed;
import org.camseal.media.headers.SliceHeaderReaders;
import org.camseal.media.mp4.Mp4Reader;
import org.camseal.media.unitstream.UnitStreamReader;

/**
 * Entry points that take any bytes: each ends quietly, or a rule is broken. Nothing but a MediaException may come of bad input.
 */
public final class MediaFuzz {
    private MediaFuzz() {}

    /** Parameter sets and slices of a byte stream. */
    public static void sliceHeaders(byte[] input) {
        sliceHeaders(Codec.H264, input);
        sliceHeaders(Codec.H265, input);
    }

    /** The same for one codec, for a fuzzer that learns. */
    public static void sliceHeaders(Codec codec, byte[] input) {
        SliceHeaders headers = SliceHeaderReaders.of(codec);
        for (NalUnit nal : units(codec, input)) {
            try {
                headers.accept(nal);
            } catch (MediaException e) {
                // refused, and the sets known before stay
            }
            if (nal.isSlice()) {
                slice(headers, nal);
            }
        }
    }

    private static void slice(SliceHeaders headers, NalUnit nal) {
        int clear;
        try {
            clear = headers.clearLength(nal);
            headers.startsPicture(nal);
            headers.pictureOrder(nal);
        } catch (MediaException e) {
            return;
        }
        if (clear < NalUnit.headerLength(nal.codec()) || clear > nal.length()) {
            throw new AssertionError("clear length " + clear + " of " + nal);
        }
        byte[] other = nal.bytes().clone();
        Arrays.fill(other, clear, other.length, (byte) 0);
        byte[] cut = Arrays.copyOf(nal.bytes(), clear);
        try {
            if (headers.clearLength(NalUnit.of(nal.codec(), other)) != clear
                    || headers.clearLength(NalUnit.of(nal.codec(), cut)) != clear) {
                throw new AssertionError("what follows the header of " + nal + " moved its end");
            }
        } catch (MediaException e) {
            throw new AssertionError("what follows the header of " + nal + " matters", e);
        }
    }

    private static List<NalUnit> units(Codec codec, byte[] input) {
        try {
            return AnnexB.split(codec, input);
        } catch (MediaException e) {
            return List.of();
        }
    }

    /** Any bytes, escaped and back, in one and in two pieces. */
    public static void emulationPrevention(byte[] input) {
        byte[] raw = EmulationPrevention.escape(input);
        if (!Arrays.equals(EmulationPrevention.unescape(raw), input)) {
            throw new AssertionError("escaping is not undone");
        }
        int cut = raw.length / 2;
        byte[] pieces = new byte[raw.length];
        int end = EmulationPrevention.unescape(raw, 0, cut, pieces, 0);
        end = EmulationPrevention.unescape(raw, cut, raw.length, pieces, end);
        if (!Arrays.equals(Arrays.copyOf(pieces, end), input)) {
            throw new AssertionError("unescaping in two pieces differs");
        }
        for (int i = 2; i < raw.length; i++) {
            if (raw[i - 2] == 0 && raw[i - 1] == 0 && raw[i] >= 0 && raw[i] < 3) {
                throw new AssertionError("a start code at " + i);
            }
        }
        EmulationPrevention.unescape(input);
    }

    /** The messages of any SEI NAL unit. */
    public static void sei(byte[] input) {
        for (Codec codec : List.of(Codec.H264, Codec.H265)) {
            byte[] bytes = new byte[input.length + 2];
            System.arraycopy(input, 0, bytes, 2, input.length);
            bytes[0] = (byte) (codec == Codec.H264 ? 6 : 39 << 1);
            bytes[1] = 1;
            try {
                if (Sei.parse(NalUnit.of(codec, bytes)).isEmpty()) {
                    throw new AssertionError("no message and no refusal");
                }
            } catch (MediaException e) {
                // refused
            }
        }
    }

    /** NAL units of a byte stream and of a sample; what is split joins to the same units. */
    public static void framing(byte[] input) {
        for (Codec codec : List.of(Codec.H264, Codec.H265)) {
            try {
                List<NalUnit> units = AnnexB.split(codec, input);
                if (!AnnexB.split(codec, AnnexB.join(units)).equals(units)) {
                    throw new AssertionError("a byte stream does not come back");
                }
                List<NalUnit> samples = LengthPrefixed.split(codec, input, 2);
                if (!LengthPrefixed.split(codec, LengthPrefixed.join(samples, 4), 4)
                        .equals(samples)) {
                    throw new AssertionError("a sample does not come back");
                }
            } catch (MediaException e) {
                // refused
            }
        }
    }

    /** A whole byte stream to access units; decode times never go back and no picture is shown before it is decoded. */
    public static void byteStream(byte[] input) {
        for (Codec codec : List.of(Codec.H264, Codec.H265)) {
            try (AnnexBReader reader =
                    AnnexBReader.open(new ByteArrayInputStream(input), codec, FrameRate.of(25), Instant.EPOCH)) {
                MediaTime before = MediaTime.video(Long.MIN_VALUE / 4);
                for (AccessUnit unit = reader.next(); unit != null; unit = reader.next()) {
                    if (unit.decodeTime().compareTo(before) < 0) {
                        throw new AssertionError("decode times go back to " + unit.decodeTime());
                    }
                    before = unit.decodeTime();
                }
            } catch (MediaException e) {
                // refused
            } catch (IOException e) {
                throw new AssertionError("an array in memory cannot fail", e);
            }
        }
    }

    /** An MP4 file: no more sample bytes than twice the file's length, and no more units than its tables have room for. */
    public static void mp4(byte[] input) {
        long delivered = 0;
        try (UnitReader reader = Mp4Reader.of(input)) {
            for (AccessUnit unit = reader.next(); unit != null; unit = reader.next()) {
                delivered += unit.sizeBytes();
            }
        } catch (MediaException e) {
            requireReason(e);
        } catch (IOException e) {
            throw new AssertionError("an array in memory cannot fail", e);
        }
        if (delivered > 2L * input.length) {
            throw new AssertionError(delivered + " bytes out of a file of " + input.length);
        }
    }

    /** A unit stream: no more bytes than it has. */
    public static void unitStream(byte[] input) {
        long delivered = 0;
        try (UnitReader reader = new UnitStreamReader(new ByteArrayInputStream(input))) {
            for (AccessUnit unit = reader.next(); unit != null; unit = reader.next()) {
                delivered += unit.sizeBytes();
            }
        } catch (MediaException e) {
            requireReason(e);
        } catch (IOException e) {
            throw new AssertionError("an array in memory cannot fail", e);
        }
        if (delivered > input.length) {
            throw new AssertionError(delivered + " bytes out of a stream of " + input.length);
        }
    }

    private static void requireReason(MediaException refused) {
        if (refused.getMessage() == null || refused.getMessage().isBlank()) {
            throw new AssertionError("a refusal without a reason", refused);
        }
    }
}
