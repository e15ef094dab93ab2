package org.camseal.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A program started as a user would, bounded in time, its two outputs apart. */
public final class Command {
    /** What a finished program left behind. */
    public record Outcome(int exitCode, String stdout, String stderr) {
        @Override
        public String toString() {
            return "exit code " + exitCode + "\nstdout:\n" + stdout + "\nstderr:\n" + stderr;
        }
    }

    /** A program that is still running. */
    public record Running(Process process, Path stdout, Path stderr) implements AutoCloseable {
        public Outcome await(Duration limit) throws IOException, InterruptedException {
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                close();
                throw new AssertionError("still running after " + limit + "\n" + outcome(-1));
            }
            return outcome(process.exitValue());
        }

        private Outcome outcome(int exitCode) throws IOException {
            return new Outcome(exitCode, Files.readString(stdout), Files.readString(stderr));
        }

        @Override
        public void close() {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            try {
                process.waitFor(10, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private Command() {}

    /** Runs a program to its end. */
    public static Outcome run(Path directory, Duration limit, List<String> words)
            throws IOException, InterruptedException {
        try (Running running = start(directory, words)) {
            return running.await(limit);
        }
    }

    public static Running start(Path directory, List<String> words) throws IOException {
        Path stdout = Files.createTempFile("camseal-e2e-", ".out");
        Path stderr = Files.createTempFile("camseal-e2e-", ".err");
        stdout.toFile().deleteOnExit();
        stderr.toFile().deleteOnExit();
        Process process = new ProcessBuilder(words)
                .directory(directory.toFile())
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectOutput(stdout.toFile())
                .redirectError(stderr.toFile())
                .start();
        return new Running(process, stdout, stderr);
    }

    /** The words that start this build's own `camseal` with the class path of the test. */
    public static List<String> camseal(String... arguments) {
        List<String> words = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-Djava.awt.headless=true",
                "-cp",
                System.getProperty("java.class.path"),
                "org.camseal.cli.CamSeal"));
        words.addAll(List.of(arguments));
        return words;
    }
}
