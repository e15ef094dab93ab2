package org.camseal.peers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A program of others that runs beside the test: bounded in time, ended by its own handle, its output kept for messages. */
public final class PeerProcess implements AutoCloseable {
    private static final int GRACE_SECONDS = 5;

    private final List<String> command;
    private final Process process;
    private final Path log;

    private PeerProcess(List<String> command, Process process, Path log) {
        this.command = List.copyOf(command);
        this.process = process;
        this.log = log;
    }

    /** Starts a program; what it prints goes to a file in that directory. */
    public static PeerProcess start(Path directory, List<String> command) throws IOException {
        return start(directory, new ProcessBuilder(command).redirectInput(new File("/dev/null")));
    }

    /** Starts a program that ends when its standard input does, so that it cannot outlive the test. */
    public static PeerProcess startServer(Path directory, List<String> command) throws IOException {
        return start(directory, new ProcessBuilder(command));
    }

    /** Starts a program with an environment or working directory of its own. */
    public static PeerProcess start(Path directory, ProcessBuilder builder) throws IOException {
        Path log = Files.createTempFile(directory, "peer", ".log");
        Process process =
                builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
        return new PeerProcess(builder.command(), process, log);
    }

    /** Waits for its good end. */
    public void ends(Duration most) throws IOException, InterruptedException {
        assertThat(endsSomehow(most)).as("%s%n%s", command, output()).isZero();
    }

    /** Waits for its end, good or not; returns the exit code. */
    public int endsSomehow(Duration most) throws IOException, InterruptedException {
        boolean ended = process.waitFor(most.toMillis(), TimeUnit.MILLISECONDS);
        if (!ended) {
            close();
        }
        assertThat(ended).as("%s ends%n%s", command, output()).isTrue();
        return process.exitValue();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** The process itself, for its id, its standard input, or to kill it. */
    public Process process() {
        return process;
    }

    /** What it has printed. */
    public String output() throws IOException {
        return Files.readString(log);
    }

    /** A port of the loopback address that was free a moment ago. */
    public static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(GRACE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
