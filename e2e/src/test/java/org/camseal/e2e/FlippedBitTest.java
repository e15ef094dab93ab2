package org.camseal.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.camseal.ffmpeg.MediaFiles;
import org.camseal.manifest.SealedSei;
import org.camseal.media.AccessUnit;
import org.camseal.media.AudioUnit;
import org.camseal.media.NalUnit;
import org.camseal.media.UnitReader;
import org.camseal.media.VideoUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One flipped bit anywhere in a sealed recording: found, or in a place that the specification lists as not covered. */
class FlippedBitTest {
    /** Enough to hit every kind of place; more with {@code -Dcamseal.flips=N}. */
    private static final int FLIPS = Integer.getInteger("camseal.flips", 150);

    @TempDir
    private Path directory = Path.of("");

    /** Bytes of the file that a manifest covers, or that are signed themselves. */
    private record Covered(long from, long to) {}

    @Test
    void isFoundOrNotCovered() throws Exception {
        Path sealed = directory.resolve("sealed.mp4");
        Path root;
        try (SealingCamera camera = SealingCamera.start(directory, Film.encoded("libx264", Film.Sound.AAC))) {
            root = camera.root;
            ForeignRecorder.recordMp4(camera, 7, sealed);
        }
        String clean = verdict(sealed, root);
        assertThat(clean).as("positive control").startsWith("0 ").contains("authentic");
        byte[] bytes = Files.readAllBytes(sealed);
        List<Covered> covered = covered(sealed, bytes);
        assertThat(covered).hasSizeGreaterThan(100);
        Random random = new Random(1);
        Path altered = directory.resolve("altered.mp4");
        int inside = 0;
        for (int i = 0; i < FLIPS; i++) {
            // half of them where it counts, half anywhere: boxes and tables, lengths, grants, the open tail
            Covered aim = covered.get(random.nextInt(covered.size()));
            int at = i % 2 == 0
                    ? (int) (aim.from() + random.nextLong(aim.to() - aim.from()))
                    : random.nextInt(bytes.length);
            int bit = random.nextInt(8);
            bytes[at] ^= (byte) (1 << bit);
            Files.write(altered, bytes);
            boolean isCovered = covered.stream().anyMatch(range -> at >= range.from() && at < range.to());
            String after = verdict(altered, root);
            bytes[at] ^= (byte) (1 << bit);
            if (isCovered) {
                inside++;
                assertThat(after)
                        .as("bit %d of byte %d, which a manifest covers", bit, at)
                        .isNotEqualTo(clean)
                        .doesNotStartWith("0 ");
            } else {
                assertThat(after).as("bit %d of byte %d", bit, at).doesNotStartWith("70 ");
            }
        }
        assertThat(inside).isGreaterThanOrEqualTo(FLIPS / 2);
    }

    private static String verdict(Path file, Path root) {
        Cli outcome = Cli.run("verify", file.toString(), "--root", root.toString(), "--json");
        return outcome.exitCode() + " " + outcome.out().replace(file.toString(), "");
    }

    /** Where slices, sound, sealed SEI, manifests and certificates of closed groups stand in the file. */
    private static List<Covered> covered(Path file, byte[] bytes) throws Exception {
        List<AccessUnit> units = new ArrayList<>();
        int lastManifest = 0;
        try (UnitReader reader = MediaFiles.open(file)) {
            for (AccessUnit unit = reader.next(); unit != null; unit = reader.next()) {
                if (unit instanceof VideoUnit video && holds(video, SealedSei.Kind.MANIFEST)) {
                    lastManifest = units.size();
                }
                units.add(unit);
            }
        }
        List<Covered> covered = new ArrayList<>();
        int first = 0;
        int manifests = 0;
        for (int i = 0; i < lastManifest; i++) {
            AccessUnit unit = units.get(i);
            if (unit instanceof VideoUnit video) {
                manifests += holds(video, SealedSei.Kind.MANIFEST) ? 1 : 0;
                for (NalUnit nal : video.nalUnits()) {
                    if (nal.isSlice()) {
                        first = add(covered, bytes, nal.bytes(), first);
                    }
                }
            } else if (unit instanceof AudioUnit audio && manifests >= 2) {
                // sound at the very ends may belong to groups that the recording does not hold whole
                boolean wellInside = i < lastManifest - 200;
                if (wellInside) {
                    add(covered, bytes, audio.frame(), 0);
                }
            }
        }
        return covered;
    }

    private static boolean holds(VideoUnit video, SealedSei.Kind kind) throws Exception {
        for (NalUnit nal : video.nalUnits()) {
            if (nal.isSei()
                    && SealedSei.find(nal).filter(sei -> sei.kind() == kind).isPresent()) {
                return true;
            }
        }
        return false;
    }

    /** Ciphertext occurs once. */
    private static int add(List<Covered> covered, byte[] bytes, byte[] wanted, int from) {
        for (int at = from; at + wanted.length <= bytes.length; at++) {
            if (bytes[at + wanted.length / 2] == wanted[wanted.length / 2]
                    && java.util.Arrays.equals(bytes, at, at + wanted.length, wanted, 0, wanted.length)) {
                covered.add(new Covered(at, at + wanted.length));
                return at;
            }
        }
        throw new AssertionError("a unit that is not in its own file");
    }
}
