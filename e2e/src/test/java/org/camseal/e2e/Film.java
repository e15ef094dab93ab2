package org.camseal.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.camseal.ffmpeg.MediaFiles;
import org.camseal.media.AccessUnit;
import org.camseal.media.MediaException;
import org.camseal.media.NalUnit;
import org.camseal.media.UnitReader;
import org.camseal.media.VideoUnit;
import org.camseal.peers.Peer;
import org.camseal.peers.SharedVectors;

/** Films for the tests, made by foreign encoders or by a real camera, and what is compared of them. */
final class Film {
    /** What is heard. */
    enum Sound {
        NONE,
        AAC
    }

    private record Encoding(String videoCodec, Sound sound) {}

    private static final Map<Encoding, Path> ENCODED = new HashMap<>();

    private Film() {}

    /**
     * Ten seconds of a moving pattern by x264 or x265, with or without sound by FFmpeg's AAC encoder. Encoded once for all tests, which only
     * read it.
     */
    static Path encoded(String videoCodec, Sound sound) throws IOException, InterruptedException {
        synchronized (ENCODED) {
            Encoding wanted = new Encoding(videoCodec, sound);
            Path known = ENCODED.get(wanted);
            if (known == null) {
                known = Files.createTempFile("camseal-film-", ".mp4");
                known.toFile().deleteOnExit();
                encode(known, wanted);
                ENCODED.put(wanted, known);
            }
            return known;
        }
    }

    private static void encode(Path target, Encoding how) throws IOException, InterruptedException {
        Command.Outcome made = Command.run(
                Path.of("").toAbsolutePath(),
                Duration.ofMinutes(2),
                List.of(
                        Peer.FFMPEG.path(),
                        "-v",
                        "error",
                        "-f",
                        "lavfi",
                        "-i",
                        "testsrc2=size=640x360:rate=25:duration=10",
                        "-f",
                        "lavfi",
                        "-i",
                        "sine=frequency=440:sample_rate=48000:duration=10",
                        "-c:v",
                        how.videoCodec(),
                        "-preset",
                        "ultrafast",
                        "-g",
                        "50",
                        "-bf",
                        "0",
                        "-b:v",
                        "1M",
                        "-pix_fmt",
                        "yuv420p",
                        how.sound() == Sound.AAC ? "-c:a" : "-an",
                        how.sound() == Sound.AAC ? "aac" : "-sn",
                        "-y",
                        target.toAbsolutePath().toString()));
        if (made.exitCode() != 0) {
            throw new IOException("ffmpeg made no film\n" + made);
        }
    }

    /** Real camera footage that is laid beside the repository, where it is there. */
    static Optional<Path> footage(String name) {
        return SharedVectors.find("vectors/media-signing/reference-repo/" + name);
    }

    /** All slices and SEI in order. */
    static List<NalUnit> pictures(Path file) throws IOException, MediaException {
        List<NalUnit> nals = new ArrayList<>();
        try (UnitReader reader = MediaFiles.open(file)) {
            for (AccessUnit unit = reader.next(); unit != null; unit = reader.next()) {
                if (unit instanceof VideoUnit video) {
                    video.nalUnits().stream()
                            .filter(nal -> nal.isSlice() || nal.isSei())
                            .forEach(nals::add);
                }
            }
        }
        return nals;
    }

    /** True if the NAL units are a stretch, without a gap, of the film played again and again. */
    static boolean isStretchOf(List<NalUnit> stretch, List<NalUnit> film) {
        for (int start = 0; start < film.size(); start++) {
            boolean same = true;
            for (int i = 0; i < stretch.size() && same; i++) {
                same = stretch.get(i).equals(film.get((start + i) % film.size()));
            }
            if (same) {
                return true;
            }
        }
        return false;
    }

    /** What a foreign player shows: small grey pictures, each of 64 times 36 bytes; none where it can show nothing. */
    static List<byte[]> shown(Path file) throws IOException, InterruptedException {
        Path raw = Files.createTempFile("camseal-shown-", ".gray");
        raw.toFile().deleteOnExit();
        Command.run(
                Path.of("").toAbsolutePath(),
                Duration.ofMinutes(1),
                List.of(
                        Peer.FFMPEG.path(),
                        "-v",
                        "quiet",
                        "-i",
                        file.toAbsolutePath().toString(),
                        "-an",
                        "-vf",
                        "scale=64:36",
                        "-pix_fmt",
                        "gray",
                        "-f",
                        "rawvideo",
                        "-y",
                        raw.toString()));
        byte[] all = Files.readAllBytes(raw);
        List<byte[]> pictures = new ArrayList<>();
        for (int at = 0; at + 64 * 36 <= all.length; at += 64 * 36) {
            pictures.add(java.util.Arrays.copyOfRange(all, at, at + 64 * 36));
        }
        return pictures;
    }

    /** The strongest likeness of any picture of one film to any of another: Pearson's correlation, 0 to 1. */
    static double likeness(List<byte[]> suspects, List<byte[]> originals) {
        double strongest = 0;
        for (byte[] suspect : suspects) {
            for (byte[] original : originals) {
                strongest = Math.max(strongest, Math.abs(correlation(suspect, original)));
            }
        }
        return strongest;
    }

    private static double correlation(byte[] first, byte[] second) {
        double sumFirst = 0;
        double sumSecond = 0;
        double both = 0;
        double squaresFirst = 0;
        double squaresSecond = 0;
        for (int i = 0; i < first.length; i++) {
            double a = first[i] & 0xff;
            double b = second[i] & 0xff;
            sumFirst += a;
            sumSecond += b;
            both += a * b;
            squaresFirst += a * a;
            squaresSecond += b * b;
        }
        double n = first.length;
        double spread = (squaresFirst - sumFirst * sumFirst / n) * (squaresSecond - sumSecond * sumSecond / n);
        return spread <= 0 ? 0 : (both - sumFirst * sumSecond / n) / Math.sqrt(spread);
    }
}
