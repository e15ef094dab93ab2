package org.camseal.seal;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.camseal.media.AccessUnit;
import org.camseal.media.Codec;
import org.camseal.media.FrameRate;
import org.camseal.media.MediaException;
import org.camseal.media.MediaTime;
import org.camseal.media.Track;
import org.camseal.media.UnitReader;
import org.camseal.media.VideoUnit;
import org.camseal.media.annexb.AnnexBReader;
import org.camseal.peers.Peer;

/** Short clips that Debian's ffmpeg encodes, and byte streams of files, as access units. */
record Clips(List<Track> tracks, List<VideoUnit> units) {
    static Clips x264(Path directory, int frames, String parameters) throws Exception {
        return encode(directory, List.of("libx264", "-x264-params", parameters), "h264", frames);
    }

    static Clips x265(Path directory, int frames, String parameters) throws Exception {
        return encode(directory, List.of("libx265", "-x265-params", "log-level=none:" + parameters), "hevc", frames);
    }

    private static Clips encode(Path directory, List<String> encoder, String format, int frames) throws Exception {
        return encode(directory, "testsrc2=size=320x240:rate=25,noise=alls=8:allf=t", encoder, format, frames);
    }

    /** @param source as ffmpeg's lavfi takes it, of 25 pictures per second */
    static Clips encode(Path directory, String source, List<String> encoder, String format, int frames)
            throws Exception {
        Peer.FFMPEG.require();
        Path file = directory.resolve("clip." + format);
        List<String> command = new ArrayList<>(List.of("ffmpeg", "-v", "error", "-y", "-f", "lavfi", "-i", source));
        command.addAll(List.of("-frames:v", Integer.toString(frames), "-pix_fmt", "yuv420p", "-threads", "1"));
        command.addAll(List.of("-preset", "veryfast", "-c:v"));
        command.addAll(encoder);
        command.addAll(List.of("-f", format, file.toString()));
        Peer.runIn(directory, command);
        return read(format.equals("h264") ? Codec.H264 : Codec.H265, Files.readAllBytes(file));
    }

    /** The small clip among the vectors: I P B I P B, two slices each in H.264, one in H.265. */
    static Clips small(Codec codec) throws IOException, MediaException {
        String name = codec.name().toLowerCase(Locale.ROOT) + ".txt";
        return read(
                codec,
                VectorFile.read(VectorFile.directory().resolve("seal/clips/" + name))
                        .body());
    }

    /**
     * A longer stream out of the small H.264 clip's I and P, one picture after another.
     *
     * @param letters I for a key picture, P for any other
     * @param between two pictures
     */
    static Clips letters(String letters, Duration between) throws IOException, MediaException {
        Clips small = small(Codec.H264);
        List<VideoUnit> units = new ArrayList<>();
        for (int i = 0; i < letters.length(); i++) {
            VideoUnit picture = small.units().get(letters.charAt(i) == 'I' ? 3 : 4);
            units.add(at(picture, between.multipliedBy(i)));
        }
        return new Clips(small.tracks(), units);
    }

    /** The picture at another time. */
    static VideoUnit at(VideoUnit picture, Duration time) {
        MediaTime mediaTime = MediaTime.video(time.toNanos() * 9 / 100_000);
        return new VideoUnit(picture.track(), picture.nalUnits(), mediaTime, mediaTime, TestCamera.START.plus(time));
    }

    static Clips read(Codec codec, byte[] byteStream) throws IOException, MediaException {
        List<VideoUnit> units = new ArrayList<>();
        try (UnitReader reader = AnnexBReader.open(
                new ByteArrayInputStream(byteStream), codec, new FrameRate(25, 1), TestCamera.START)) {
            for (AccessUnit unit = reader.next(); unit != null; unit = reader.next()) {
                units.add((VideoUnit) unit);
            }
            return new Clips(reader.tracks(), units);
        }
    }
}
