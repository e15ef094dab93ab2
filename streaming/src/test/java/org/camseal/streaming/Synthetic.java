package org.camseal.streaming;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.camseal.media.AccessUnit;
import org.camseal.media.AudioFormat;
import org.camseal.media.AudioUnit;
import org.camseal.media.Codec;
import org.camseal.media.MediaTime;
import org.camseal.media.NalUnit;
import org.camseal.media.Track;
import org.camseal.media.VideoFormat;
import org.camseal.media.VideoUnit;

/**
 * Streams without an encoder: slices are random bytes behind a true NAL unit header, which is all that a packetizer may look at. Video is
 * spelled in letters: I a key picture with parameter sets, P and B others.
 */
public final class Synthetic {
    public static final Instant START = Instant.parse("2026-11-21T10:00:00.123456Z");
    private static final int PICTURE_TICKS = 3_600;

    private final Random random;
    private final Codec codec;
    private int pictures;
    private int frames;

    public Synthetic(Codec codec, long seed) {
        this.codec = codec;
        this.random = new Random(seed);
    }

    /** A video track 1 without parameter sets out of band. */
    public static Track video(Codec codec) {
        return new Track(1, new VideoFormat(codec, 0, 0, List.of()));
    }

    /** An A-law track 2. */
    public static Track audio() {
        return new Track(2, new AudioFormat(Codec.PCMA, 8_000, 1, new byte[0]));
    }

    public List<VideoUnit> pictures(String letters, int sliceBytes) {
        List<VideoUnit> units = new ArrayList<>();
        for (int i = 0; i < letters.length(); i++) {
            units.add(picture(letters.charAt(i), sliceBytes));
        }
        return units;
    }

    /** The next picture, 1/25 s after the last. */
    public VideoUnit picture(char letter, int sliceBytes) {
        List<NalUnit> nals = new ArrayList<>();
        boolean h264 = codec == Codec.H264;
        if (letter == 'I') {
            for (int type : h264 ? new int[] {9, 7, 8, 6} : new int[] {35, 32, 33, 34, 39}) {
                nals.add(nal(type, 8 + random.nextInt(60)));
            }
        }
        int slices = 1 + random.nextInt(3);
        for (int i = 0; i < slices; i++) {
            nals.add(nal(letter == 'I' ? (h264 ? 5 : 19) : 1, Math.max(3, sliceBytes / slices)));
        }
        long ticks = (long) PICTURE_TICKS * pictures++;
        MediaTime time = MediaTime.video(ticks);
        return new VideoUnit(1, nals, time, time, START.plus(time.toDuration()));
    }

    /** The next 20 ms of sound. */
    public AudioUnit sound() {
        byte[] frame = new byte[160];
        random.nextBytes(frame);
        MediaTime time = new MediaTime(160L * frames++, 8_000);
        return new AudioUnit(2, frame, time, 160, START.plus(time.toDuration()));
    }

    public NalUnit nal(int type, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        if (codec == Codec.H264) {
            bytes[0] = (byte) (0x60 | type);
        } else {
            bytes[0] = (byte) (type << 1);
            bytes[1] = 1;
        }
        return NalUnit.of(codec, bytes);
    }

    /** The NAL units of all pictures, in order. */
    public static List<NalUnit> nals(List<? extends AccessUnit> units) {
        return units.stream()
                .filter(VideoUnit.class::isInstance)
                .flatMap(unit -> ((VideoUnit) unit).nalUnits().stream())
                .toList();
    }
}
