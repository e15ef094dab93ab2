package org.camseal.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/** The curl command as a peer that nobody here wrote. */
final class Curl {
    private Curl() {}

    record Result(int status, String output) {}

    /** Leaves the test out, saying why, if curl is not installed; fails instead where peers are required. */
    static void require() {
        boolean there = List.of(System.getenv("PATH").split(":")).stream()
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, "curl")));
        if ("required".equals(System.getProperty("camseal.peers"))) {
            assertThat(there).as("curl is installed (Debian package curl)").isTrue();
        }
        Assumptions.assumeTrue(there, "curl is not installed (Debian package curl)");
    }

    static Result run(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("curl", "--silent", "--show-error", "--max-time", "20"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try {
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Result(process.waitFor(), output);
        } finally {
            process.destroyForcibly();
        }
    }
}
