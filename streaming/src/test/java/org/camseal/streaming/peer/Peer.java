package org.camseal.streaming.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Programs of others, run as processes: bounded in time, ended by their own handle, their output kept for messages. */
final class Peer implements AutoCloseable {
    private final List<String> command;
    private final Process process;
    private final Path log;

    private Peer(List<String> command, Process process, Path log) {
        this.command = command;
        this.process = process;
        this.log = log;
    }

    /** The program's path; the test is left out, naming the Debian package, where it is not installed. */
    static String find(String program, String debianPackage) {
        for (String directory : System.getenv("PATH").split(File.pathSeparator)) {
            Path candidate = Path.of(directory, program);
            if (Files.isExecutable(candidate)) {
                return candidate.toString();
            }
        }
        missing(program, debianPackage);
        return "";
    }

    static void missing(String what, String debianPackage) {
        String message = what + " is not installed; it comes with the Debian package " + debianPackage;
        assertThat(System.getProperty("camseal.peers", "")).as(message).isNotEqualTo("required");
        assumeTrue(false, message);
    }

    /** Starts a program; its standard output and error go to a file beside {@code directory}'s others. */
    static Peer start(Path directory, List<String> command) throws IOException {
        return start(directory, command, ProcessBuilder.Redirect.from(new File("/dev/null")));
    }

    /** Starts a program that ends when its standard input does, so that it cannot outlive the test. */
    static Peer startServer(Path directory, List<String> command) throws IOException {
        return start(directory, command, ProcessBuilder.Redirect.PIPE);
    }

    private static Peer start(Path directory, List<String> command, ProcessBuilder.Redirect input) throws IOException {
        Path log = Files.createTempFile(directory, "peer", ".log");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .redirectInput(input)
                .start();
        return new Peer(new ArrayList<>(command), process, log);
    }

    /** Runs a program to its end, which must be a good one. */
    static void run(Path directory, List<String> command) throws IOException, InterruptedException {
        try (Peer peer = start(directory, command)) {
            peer.ends(Duration.ofMinutes(2));
        }
    }

    /** Waits for its good end. */
    void ends(Duration most) throws IOException, InterruptedException {
        assertThat(endsSomehow(most)).as("%s%n%s", command, output()).isZero();
    }

    /** Waits for its end, good or not; returns the exit code. */
    int endsSomehow(Duration most) throws IOException, InterruptedException {
        boolean ended = process.waitFor(most.toMillis(), TimeUnit.MILLISECONDS);
        if (!ended) {
            close();
        }
        assertThat(ended).as("%s ends%n%s", command, output()).isTrue();
        return process.exitValue();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** What it has printed. */
    String output() throws IOException {
        return Files.readString(log);
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
