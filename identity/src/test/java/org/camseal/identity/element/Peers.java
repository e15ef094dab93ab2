package org.camseal.identity.element;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** Foreign programs that the tests of elements need. */
public final class Peers {
    private static final long SECONDS = 60;

    private Peers() {}

    public record Result(int status, String output) {}

    /** Leaves the test out, saying which Debian package is missing; fails instead where peers are required. */
    public static void require(String debianPackage, Path file) {
        said(debianPackage, Files.exists(file));
    }

    /** The same for a command. */
    public static void requireCommand(String debianPackage, String command) {
        said(
                debianPackage,
                Arrays.stream(System.getenv("PATH").split(":"))
                        .anyMatch(directory -> Files.isExecutable(Path.of(directory, command))));
    }

    private static void said(String debianPackage, boolean there) {
        if ("required".equals(System.getProperty("camseal.peers"))) {
            assertThat(there)
                    .as("Debian package " + debianPackage + " is installed")
                    .isTrue();
        }
        Assumptions.assumeTrue(there, "not installed: Debian package " + debianPackage);
    }

    /** Runs to the end, at most a minute. */
    public static Result run(ProcessBuilder builder) throws IOException, InterruptedException {
        Process process = builder.redirectErrorStream(true).start();
        process.getOutputStream().close();
        try {
            var watch = Thread.ofVirtual().start(() -> endAfter(process));
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int status = process.waitFor();
            watch.interrupt();
            return new Result(status, output);
        } finally {
            process.destroyForcibly();
        }
    }

    public static Result run(String... command) throws IOException, InterruptedException {
        return run(new ProcessBuilder(List.of(command)));
    }

    private static void endAfter(Process process) {
        try {
            if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            // it ended by itself
        }
    }

    /** A port that was free a moment ago. */
    public static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, java.net.InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
