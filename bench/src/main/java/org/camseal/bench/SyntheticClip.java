package org.camseal.bench;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.camseal.media.Codec;
import org.camseal.media.MediaTime;
import org.camseal.media.NalUnit;
import org.camseal.media.Track;
import org.camseal.media.VideoFormat;
import org.camseal.media.VideoUnit;

/**
 * A clip of 1080p H.264 as far as signing and sending are concerned: pictures of one slice, 30 a second, in groups; the same bytes each time.
 * It is made group by group and never whole in memory.
 *
 * @param picturesPerGroup one key picture and the others behind it
 * @param keyBytes of the slice of a key picture
 * @param otherBytes of the slice of every other
 */
public record SyntheticClip(int picturesPerGroup, int keyBytes, int otherBytes) {
    /** Of capture and of playing. */
    public static final int PICTURES_PER_SECOND = 30;

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    // High profile, level 4, 1920x1080; CAVLC, one reference.
    private static final byte[] SPS = {
        0x67,
        0x64,
        0x00,
        0x28,
        (byte) 0xac,
        0x2c,
        (byte) 0xa5,
        0x01,
        (byte) 0xe0,
        0x08,
        (byte) 0x9f,
        (byte) 0x97,
        0x01,
        0x10
    };
    private static final byte[] PPS = {0x68, (byte) 0xee, 0x3c, (byte) 0x80};

    /** Its one track, number 1; the parameter sets stand in the stream. */
    public static Track track() {
        return new Track(1, new VideoFormat(Codec.H264, 1920, 1080, List.of()));
    }

    /** One group of pictures, its own bytes. */
    public List<VideoUnit> group(int number) {
        SplittableRandom random = new SplittableRandom(number);
        List<VideoUnit> units = new ArrayList<>(picturesPerGroup);
        for (int i = 0; i < picturesPerGroup; i++) {
            long index = (long) number * picturesPerGroup + i;
            MediaTime time = MediaTime.video(index * MediaTime.VIDEO_CLOCK_HZ / PICTURES_PER_SECOND);
            Instant capturedAt = START.plus(Duration.ofNanos(index * 1_000_000_000L / PICTURES_PER_SECOND));
            units.add(new VideoUnit(1, nalUnits(i, random), time, time, capturedAt));
        }
        return units;
    }

    private List<NalUnit> nalUnits(int index, SplittableRandom random) {
        if (index > 0) {
            // first_mb 0, P slice, PPS 0, frame_num.
            return List.of(slice((byte) 0x41, (byte) 0x9a, otherBytes, random));
        }
        // first_mb 0, I slice, PPS 0.
        return List.of(
                NalUnit.of(Codec.H264, SPS),
                NalUnit.of(Codec.H264, PPS),
                slice((byte) 0x65, (byte) 0x88, keyBytes, random));
    }

    private static NalUnit slice(byte header, byte sliceHeader, int length, SplittableRandom random) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length - Long.BYTES; i += Long.BYTES) {
            // No byte is zero: no emulation prevention is called for.
            LONG.set(bytes, i, random.nextLong() | 0x0404_0404_0404_0404L);
        }
        bytes[0] = header;
        bytes[1] = sliceHeader;
        bytes[length - 1] = (byte) 0x80;
        return NalUnit.of(Codec.H264, bytes);
    }
}
