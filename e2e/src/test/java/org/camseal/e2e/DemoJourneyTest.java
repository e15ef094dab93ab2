package org.camseal.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.camseal.peers.Peer;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * The demonstration as a user starts it: from each kind of source, killed at bad moments, and looked at in a browser. Each keeps real time, so
 * one goes on after the other, beside tests of other classes; first, because together they last longest.
 */
@Order(1)
@Execution(ExecutionMode.CONCURRENT)
class DemoJourneyTest {
    private static final Duration LIMIT = Duration.ofMinutes(3);

    @TempDir
    private Path directory = Path.of("");

    @Test
    @Execution(ExecutionMode.SAME_THREAD)
    void aLiveTestPatternMakesTheWholeJourney() throws Exception {
        journey();
    }

    @Test
    @Execution(ExecutionMode.SAME_THREAD)
    void soDoesRealCameraFootage() throws Exception {
        Optional<Path> footage = Film.footage("test_h264.mp4");
        Assumptions.assumeTrue(footage.isPresent(), "no camera footage beside the repository");
        journey("--source", footage.get().toString());
    }

    @Test
    @Execution(ExecutionMode.SAME_THREAD)
    void soDoesAFilmWithPicturesOutOfOrder() throws Exception {
        Path film = directory.resolve("film.mp4");
        Command.Outcome made = Command.run(
                directory,
                LIMIT,
                List.of(
                        Peer.FFMPEG.path(),
                        "-v",
                        "error",
                        "-f",
                        "lavfi",
                        "-i",
                        "testsrc2=size=320x180:rate=25:duration=6",
                        "-c:v",
                        "libx264",
                        "-bf",
                        "3",
                        "-g",
                        "50",
                        film.toString()));
        assertThat(made.exitCode()).as("%s", made).isZero();
        journey("--source", film.toString());
    }

    @Test
    @Execution(ExecutionMode.SAME_THREAD)
    void soDoesACameraWhoseKeysAreInAProcessOfTheirOwn() throws Exception {
        journey("--element", "soft");
        Path camera = directory.resolve("demo/camera/identity");
        assertThat(Files.readString(camera.resolve("element-address"))).isEqualTo("soft");
        assertThat(camera.resolve("element/tls-key.pem"))
                .as("no key of the camera lies in a file that it reads")
                .doesNotExist();
        assertThat(directory.resolve("demo/recorder/identity/element/tls-key.pem"))
                .as("positive control: the recorder's does")
                .exists();
    }

    @Test
    @Execution(ExecutionMode.SAME_THREAD)
    void soDoesAForeignRtspCamera() throws Exception {
        try (Command.Running foreign = foreignCamera()) {
            String source = "rtsp://joe:secret@127.0.0.1:" + port(foreign) + "/live";
            journey("--source", source, "--legacy-digest");
        }
    }

    private void journey(String... more) throws IOException, InterruptedException {
        List<String> words =
                new ArrayList<>(List.of("demo", "--headless", "--seconds", "12", "--dir", directory + "/demo"));
        words.addAll(List.of(more));
        Command.Outcome outcome = Command.run(directory, LIMIT, Command.camseal(words.toArray(String[]::new)));
        assertThat(outcome.exitCode()).as("%s", outcome).isZero();
        assertThat(outcome.stdout())
                .contains("1 group forged, 0 others not authentic")
                .contains("0 recognisable pictures without it")
                .contains("the alteration was found");
    }

    private Command.Running foreignCamera() throws IOException {
        Path script = Files.writeString(
                directory.resolve("camera.py"),
                new String(
                        java.util.Objects.requireNonNull(
                                        DemoJourneyTest.class.getResourceAsStream("/foreign_rtsp_server.py"))
                                .readAllBytes(),
                        java.nio.charset.StandardCharsets.UTF_8));
        // its standard input stays open for as long as it is to live
        return Command.start(
                directory,
                List.of("/bin/sh", "-c", "sleep 240 | exec " + Peer.PYTHON.path() + " " + script + " joe secret"));
    }

    private static String port(Command.Running foreign) throws IOException, InterruptedException {
        for (int i = 0; i < 200; i++) {
            for (String line : Files.readString(foreign.stdout()).split("\n", -1)) {
                if (line.startsWith("port ")) {
                    return line.substring(5);
                }
            }
            Thread.sleep(100);
        }
        throw new AssertionError("the foreign camera does not listen: " + Files.readString(foreign.stderr()));
    }

    @Test
    @Execution(ExecutionMode.SAME_THREAD)
    void killedAtAnyMomentWhatIsStoredStaysAuthentic() throws Exception {
        for (int milliseconds : new int[] {9_000, 11_370}) {
            Path place = Files.createDirectory(directory.resolve("killed" + milliseconds));
            try (Command.Running demo = Command.start(
                    place, Command.camseal("demo", "--headless", "--seconds", "60", "--dir", place.toString()))) {
                awaitRecording(place);
                Thread.sleep(milliseconds);
                assertThat(demo.process().isAlive()).as("still at work").isTrue();
            }
            List<Path> segments = segments(place);
            assertThat(segments).isNotEmpty();
            List<String> words = new ArrayList<>(List.of("verify", "--root", place + "/device-root.pem", "--json"));
            segments.forEach(segment -> words.add(segment.toString()));
            Cli verdict = Cli.run(words.toArray(String[]::new));
            // the newest file may hold no whole fragment yet, or one alone, which no manifest covers yet: nothing to
            // judge
            assertThat(verdict.json())
                    .as("%s", verdict)
                    .filteredOn(file -> !file.path("file")
                                    .asText()
                                    .equals(segments.getLast().toString())
                            || !(file.has("error") || isOpenTailAlone(file)))
                    .allSatisfy(
                            file -> assertThat(file.path("verdict").asText()).isEqualTo("authentic"));
            assertThat(verdict.json().get(0).path("groups").path("authentic").asInt())
                    .isGreaterThan(1);
        }
    }

    private static boolean isOpenTailAlone(JsonNode file) {
        return file.has("openTail")
                && !file.has("verdict")
                && file.path("findings").isEmpty();
    }

    private static void awaitRecording(Path place) throws IOException, InterruptedException {
        for (int i = 0; i < 600 && segments(place).isEmpty(); i++) {
            Thread.sleep(100);
        }
    }

    private static List<Path> segments(Path place) throws IOException {
        Path recordings = place.resolve("recorder/recordings");
        if (!Files.isDirectory(recordings)) {
            return List.of();
        }
        try (Stream<Path> all = Files.walk(recordings)) {
            return all.filter(path -> path.toString().endsWith(".mp4")).sorted().toList();
        }
    }

    @Test
    @Execution(ExecutionMode.SAME_THREAD)
    void thePagePlaysShowsGreenAndTurnsRedWhereABitWasAltered() throws Exception {
        Peer.CHROMIUM.path();
        Path script = browserScript();
        Path pictures = Files.createDirectories(Path.of("target", "screenshots").toAbsolutePath());
        try (Command.Running demo = Command.start(directory, Command.camseal("demo", "--dir", directory + "/demo"))) {
            String address = address(demo);
            Command.Outcome seen = Command.run(
                    script.getParent() == null ? directory : script.getParent(),
                    Duration.ofMinutes(5),
                    List.of(Peer.NODE.path(), script.toString(), address, pictures.toString()));
            assertThat(seen.exitCode()).as("%s", seen).isZero();
        }
    }

    private static Path browserScript() {
        Path script = Path.of("browser", "demo.mjs").toAbsolutePath();
        boolean ready = Files.isDirectory(script.resolveSibling("node_modules").resolve("playwright-core"));
        if (!ready && "required".equals(System.getProperty("camseal.peers"))) {
            throw new AssertionError("playwright-core is required and not installed (npm ci in e2e/browser)");
        }
        Assumptions.assumeTrue(ready, "playwright-core is not installed (npm ci in e2e/browser)");
        return script;
    }

    private static String address(Command.Running demo) throws IOException, InterruptedException {
        for (int i = 0; i < 600; i++) {
            for (String line : Files.readString(demo.stdout()).split("\n", -1)) {
                if (line.startsWith("  watch ")) {
                    return line.substring("  watch ".length()).strip();
                }
            }
            Thread.sleep(100);
        }
        throw new AssertionError("the demonstration prints no address: " + Files.readString(demo.stderr()));
    }
}
