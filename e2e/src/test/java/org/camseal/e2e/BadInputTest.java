package org.camseal.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Whatever is wrong is said in one line, with what to do, and with the documented exit code. One waits for half a minute; others go on
 * beside it.
 */
@Execution(ExecutionMode.CONCURRENT)
class BadInputTest {
    @TempDir
    private Path directory = Path.of("");

    @Test
    void noSuchFile() {
        fails(4, "no such file", "verify", directory.resolve("none.mp4").toString());
        fails(4, "no such file", "inspect", directory.resolve("none.mp4").toString());
    }

    @Test
    void notAVideo() throws Exception {
        Path text = Files.writeString(directory.resolve("letter.mp4"), "Dear Sir or Madam, this is not a video.");
        fails(4, "letter.mp4", "verify", text.toString());
        fails(4, "letter.mp4", "inspect", text.toString());
        Path empty = Files.createFile(directory.resolve("empty.mp4"));
        fails(4, "empty", "verify", empty.toString());
    }

    @Test
    void wrongWords() {
        fails(2, "FILE", "verify");
        fails(2, "--seconds 3", "demo", "--headless", "--seconds", "3");
        fails(2, "an unknown kind", "demo", "--source", "http://127.0.0.1/x");
        Cli secret = fails(2, "not an address", "demo", "--source", "rtsp://joe:top secret@127.0.0.1/x");
        assertThat(secret.err()).doesNotContain("top secret");
    }

    @Test
    void aSourceThatIsNotThere() {
        fails(
                4,
                "no such file",
                "demo",
                "--headless",
                "--source",
                directory.resolve("none.mp4").toString());
    }

    @Test
    void aSourceThatIsNoVideo() throws Exception {
        Path text = Files.writeString(directory.resolve("letter.mp4"), "Dear Sir or Madam, this is not a video.");
        fails(4, "letter.mp4", demo("--source", text.toString()));
    }

    @Test
    void aFileThatIsCutOff() throws Exception {
        Path film = Film.encoded("libx264", Film.Sound.NONE);
        byte[] whole = Files.readAllBytes(film);
        Path cut = Files.write(directory.resolve("cut.mp4"), Arrays.copyOf(whole, whole.length / 2));
        for (String command : new String[] {"verify", "inspect"}) {
            fails(4, "ends before the box moov", command, cut.toString());
        }
    }

    @Test
    void aSourceThatNeverAnswers() throws Exception {
        try (ServerSocket mute = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            String source = "rtsp://127.0.0.1:" + mute.getLocalPort() + "/live";
            Cli outcome = Cli.run(demo("--source", source));
            assertThat(outcome.exitCode()).as("%s", outcome).isEqualTo(4);
            assertThat(outcome.err())
                    .contains("camseal: error: no sealed video from " + source)
                    .contains("no answer within")
                    .doesNotContain("\tat ");
        }
    }

    @Test
    void aPortInUse() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = Integer.toString(taken.getLocalPort());
            fails(4, port, demo("--camera-port", port));
            fails(4, port, demo("--port", port));
        }
    }

    @Test
    void noKeyOrNotTheRightOne() throws Exception {
        Path film = Film.encoded("libx264", Film.Sound.NONE);
        String out = directory.resolve("clear.mp4").toString();
        fails(2, "which key?", "open", film.toString(), "--out", out);
        fails(
                5,
                "",
                "open",
                film.toString(),
                "--out",
                out,
                "--identity",
                directory.resolve("nobody").toString());
        fails(1, null, "verify", film.toString());
    }

    @Test
    void helpIsThereForEverything() {
        for (String command : new String[] {"demo", "verify", "inspect", "open"}) {
            Cli help = Cli.run(command, "--help");
            assertThat(help.exitCode()).isZero();
            assertThat(help.out()).startsWith("Usage: camseal " + command);
        }
        assertThat(Cli.run("--help").out()).contains("Exit codes:");
    }

    private String[] demo(String option, String value) {
        return new String[] {
            "demo",
            "--headless",
            "--seconds",
            "8",
            "--dir",
            directory.resolve("demo").toString(),
            option,
            value
        };
    }

    private static Cli fails(int exitCode, @org.jspecify.annotations.Nullable String saying, String... words) {
        Cli outcome = Cli.run(words);
        assertThat(outcome.exitCode()).as("%s", outcome).isEqualTo(exitCode);
        if (saying != null) {
            assertThat(outcome.err()).startsWith("camseal: error: ").contains(saying);
            assertThat(outcome.err()).doesNotContain("Exception").doesNotContain("\tat ");
        }
        return outcome;
    }
}
