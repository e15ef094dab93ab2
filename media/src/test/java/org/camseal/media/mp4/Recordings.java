package org.camseal.media.mp4;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.camseal.media.AccessUnit;
import org.camseal.media.AudioFormat;
import org.camseal.media.AudioUnit;
import org.camseal.media.Codec;
import org.camseal.media.MediaException;
import org.camseal.media.MediaTime;
import org.camseal.media.NalUnit;
import org.camseal.media.Track;
import org.camseal.media.VideoFormat;
import org.camseal.media.VideoUnit;

/** Tracks and units for tests: parameter sets of real encoders, slices of random bytes as sealed video has them. */
final class Recordings {
    static final Instant START = Instant.parse("2026-11-21T20:15:30.123456789Z");

    /** Baseline, 320 x 240. */
    static final NalUnit SPS = h264("6742c00dda0507ec0440000003004000000c83c50aa8");

    static final NalUnit PPS = h264("68ce0fc8");
    static final Track VIDEO = new Track(1, new VideoFormat(Codec.H264, 320, 240, List.of(SPS, PPS)));

    /** Main profile, 320 x 240. */
    static final List<NalUnit> H265_SETS = List.of(
            h265("40010c01ffff01600000030090000003000003003c959809"),
            h265("42010101600000030090000003000003003ca00a080f165959a4932bc05a020000030002000003003210"),
            h265("4401c172b46240"));

    static final Track VIDEO_H265 = new Track(1, new VideoFormat(Codec.H265, 320, 240, H265_SETS));
    static final Track AAC =
            new Track(2, new AudioFormat(Codec.AAC, 48_000, 1, HexFormat.of().parseHex("1188")));
    static final Track OPUS = new Track(
            2,
            new AudioFormat(Codec.OPUS, 48_000, 2, HexFormat.of().parseHex("4f707573486561640102380180bb0000000000")));
    static final Track PCMA = new Track(2, new AudioFormat(Codec.PCMA, 8_000, 1, new byte[0]));
    static final Track PCMU = new Track(2, new AudioFormat(Codec.PCMU, 8_000, 1, new byte[0]));

    private static final int PICTURE = 3_600;

    private Recordings() {}

    static NalUnit h264(String hex) {
        return NalUnit.of(Codec.H264, HexFormat.of().parseHex(hex));
    }

    static NalUnit h265(String hex) {
        return NalUnit.of(Codec.H265, HexFormat.of().parseHex(hex));
    }

    /**
     * Pictures by letters in decode order, 25 a second: I with parameter sets, P, B (shown a picture before the P it follows), each
     * with audio frames as they fall due.
     */
    static List<AccessUnit> units(String pictures, Track video, List<Track> audio, int samplesOfFrame) {
        Random random = new Random(pictures.hashCode());
        List<AccessUnit> units = new ArrayList<>();
        boolean reordered = pictures.indexOf('B') >= 0;
        long[] heard = new long[audio.size()];
        for (int i = 0; i < pictures.length(); i++) {
            MediaTime decode = MediaTime.video((long) PICTURE * (reordered ? i - 1 : i));
            boolean beforeB = i + 1 < pictures.length() && pictures.charAt(i + 1) == 'B';
            int delay = !reordered ? 0 : pictures.charAt(i) == 'B' ? 0 : beforeB ? 2 : 1;
            MediaTime shown = decode.plusTicks((long) delay * PICTURE);
            units.add(new VideoUnit(
                    video.number(), nalUnits(pictures.charAt(i), video, random), decode, shown, at(shown)));
            for (int a = 0; a < audio.size(); a++) {
                int clock = audio.get(a).format().clockHz();
                MediaTime time = new MediaTime(heard[a], clock);
                while (time.compareTo(decode) <= 0) {
                    byte[] frame = new byte[1 + random.nextInt(200)];
                    random.nextBytes(frame);
                    units.add(new AudioUnit(audio.get(a).number(), frame, time, samplesOfFrame, at(time)));
                    heard[a] += samplesOfFrame;
                    time = new MediaTime(heard[a], clock);
                }
            }
        }
        return units;
    }

    static List<NalUnit> nalUnits(char letter, Track video, Random random) {
        List<NalUnit> nalUnits = new ArrayList<>();
        boolean h265 = video.format().codec() == Codec.H265;
        if (letter == 'I') {
            nalUnits.addAll(h265 ? H265_SETS : List.of(SPS, PPS));
        }
        String header =
                letter == 'I' ? (h265 ? "2601" : "65") : letter == 'B' ? (h265 ? "0001" : "01") : h265 ? "0201" : "41";
        for (int slice = 0; slice < 2; slice++) {
            byte[] bytes = new byte[3 + random.nextInt(300)];
            random.nextBytes(bytes);
            bytes[bytes.length - 1] |= 1; // no unit ends in a zero byte
            System.arraycopy(HexFormat.of().parseHex(header), 0, bytes, 0, header.length() / 2);
            nalUnits.add(NalUnit.of(video.format().codec(), bytes));
        }
        return nalUnits;
    }

    private static Instant at(MediaTime time) {
        return new CaptureLine(START, MediaTime.video(0)).predict(time);
    }

    static List<AccessUnit> read(Mp4Reader reader) throws MediaException, IOException {
        List<AccessUnit> units = new ArrayList<>();
        try (reader) {
            for (AccessUnit unit = reader.next(); unit != null; unit = reader.next()) {
                units.add(unit);
            }
        }
        return units;
    }
}
