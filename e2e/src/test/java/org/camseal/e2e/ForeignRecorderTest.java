package org.camseal.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.camseal.e2e.ForeignRecorder.Recording;
import org.camseal.media.NalUnit;
import org.camseal.signing.wire.SeiReading;
import org.camseal.signing.wire.SigningSeiReader;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Recorders that nobody here wrote carry sealed video: what they store is authentic, opens to the bit, and shows nothing. Each recording
 * waits for real time to pass; some go on side by side (junit-platform.properties).
 */
@Execution(ExecutionMode.CONCURRENT)
class ForeignRecorderTest {
    @TempDir
    private Path directory = Path.of("");

    /** "rtp" is no container: the stream is received, sent on as plain RTP, and stored by a second process. */
    static Stream<Recording> matrix() {
        return Stream.of("libx264", "libx265")
                .flatMap(codec -> Stream.of("ffmpeg", "gstreamer")
                        .flatMap(program -> Stream.of("mp4", "mkv", "ts", "rtp")
                                .map(container -> new Recording(program, container, codec))));
    }

    @ParameterizedTest
    @MethodSource("matrix")
    void whatAForeignRecorderStoresIsAuthenticOpensToTheBitAndShowsNothing(Recording how) throws Exception {
        boolean withSound = how.program().equals("ffmpeg") && !how.container().equals("rtp");
        Film.Sound sound = withSound ? Film.Sound.AAC : Film.Sound.NONE;
        judge(Film.encoded(how.codec(), sound), how);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ffmpeg", "gstreamer"})
    void soIsRealCameraFootage(String program) throws Exception {
        Optional<Path> footage = Film.footage("test_h264.mp4");
        Assumptions.assumeTrue(footage.isPresent(), "no camera footage beside the repository");
        judge(footage.get(), new Recording(program, "mkv", "libx264"));
    }

    private void judge(Path film, Recording how) throws Exception {
        Path sealed = directory.resolve("sealed." + ForeignRecorder.suffix(how));
        Command.Outcome recorder;
        Cli verdict;
        Cli opening;
        Path root = directory.resolve("root.pem");
        Path clear = directory.resolve(how.codec().equals("libx265") ? "clear.265" : "clear.264");
        try (SealingCamera camera = SealingCamera.start(directory, film)) {
            recorder = record(how, camera, sealed);
            verdict = Cli.run("verify", sealed.toString(), "--root", camera.root.toString());
            opening = Cli.run(
                    "open",
                    sealed.toString(),
                    "--identity",
                    camera.viewerIdentity.toString(),
                    "--root",
                    camera.root.toString(),
                    "--out",
                    clear.toString());
        }
        assertThat(verdict.exitCode()).as("%s%n%s", verdict, recorder).isZero();
        assertThat(verdict.out()).contains("authentic").contains(SealingCamera.SERIAL + " (test camera), ours");
        assertThat(opening.exitCode()).as("%s", opening).isZero();
        Cli signed = Cli.run("verify", clear.toString(), "--root", root.toString());
        assertThat(signed.exitCode()).as("%s", signed).isZero();
        assertThat(signed.out()).contains("signed (ONVIF Media Signing)");
        List<NalUnit> opened = Film.pictures(clear).stream()
                .filter(nal ->
                        !(SigningSeiReader.read(nal) instanceof SeiReading.Sei)) // the camera's, put in before sealing
                .toList();
        assertThat(opened).as("NAL units opened").hasSizeGreaterThan(100);
        assertThat(Film.isStretchOf(opened, Film.pictures(film)))
                .as("what was opened is bit by bit a stretch of what was sealed")
                .isTrue();
        List<byte[]> original = Film.shown(film);
        assertThat(Film.likeness(Film.shown(clear), original))
                .as("positive control: the opened film looks like the original")
                .isGreaterThan(0.95);
        assertThat(Film.likeness(Film.shown(sealed), original))
                .as("the sealed film looks like nothing in the original")
                .isLessThan(0.5);
    }

    private Command.Outcome record(Recording how, SealingCamera camera, Path target) throws Exception {
        Command.Outcome outcome = ForeignRecorder.record(how, camera, target);
        assertThat(Files.exists(target) && Files.size(target) > 100_000)
                .as("%s", outcome)
                .isTrue();
        return outcome;
    }

    @Test
    void withAnotherKeyNothingOpens() throws Exception {
        Path sealed = directory.resolve("sealed.mp4");
        Path stranger = directory.resolve("stranger.mp4");
        Cli opening;
        Path film = Film.encoded("libx264", Film.Sound.AAC);
        try (SealingCamera camera = SealingCamera.start(directory, film)) {
            record(new Recording("ffmpeg", "mp4", "libx264"), camera, sealed);
            Path others = Files.createDirectory(directory.resolve("others"));
            try (SealingCamera other = SealingCamera.start(others, film)) {
                opening = Cli.run(
                        "open",
                        sealed.toString(),
                        "--identity",
                        other.viewerIdentity.toString(),
                        "--out",
                        stranger.toString());
                Cli verdict = Cli.run("verify", sealed.toString(), "--root", other.root.toString());
                assertThat(verdict.exitCode())
                        .as("untouched, but not ours: %s", verdict)
                        .isEqualTo(5);
                assertThat(verdict.out()).contains("authentic").contains("NOT OURS");
            }
        }
        assertThat(opening.exitCode()).as("%s", opening).isEqualTo(5);
        assertThat(opening.err()).startsWith("camseal: error: ").contains("camseal: hint: ");
        assertThat(stranger).doesNotExist();
    }
}
