package org.camseal.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** The openssl command as a peer that nobody here wrote. */
final class Openssl {
    private static final long SECONDS = 30;

    private Openssl() {}

    record Result(int status, String output) {}

    /** Leaves the test out, saying why, if openssl is not installed; fails instead where peers are required. */
    static void require() {
        boolean there = System.getenv("PATH")
                .lines()
                .flatMap(path -> List.of(path.split(":")).stream())
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, "openssl")));
        if ("required".equals(System.getProperty("camseal.peers"))) {
            assertThat(there)
                    .as("openssl is installed (Debian package openssl)")
                    .isTrue();
        }
        Assumptions.assumeTrue(there, "openssl is not installed (Debian package openssl)");
    }

    static Result run(String... arguments) throws IOException, InterruptedException {
        return feed("", arguments);
    }

    /** Runs to the end, at most {@value #SECONDS} seconds. */
    static Result feed(String input, String... arguments) throws IOException, InterruptedException {
        Process process = start(arguments);
        try (var out = process.getOutputStream()) {
            out.write(input.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            // it ended before it read all; its status tells
        }
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

    static Process start(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("openssl"));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).redirectErrorStream(true).start();
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
}
