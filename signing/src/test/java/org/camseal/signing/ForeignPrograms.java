package org.camseal.signing;

import static org.assertj.core.api.Assertions.fail;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** Programs of others that tests run against. Where one is missing, the test is left out, or fails with -Dcamseal.peers=required. */
public final class ForeignPrograms {
    private static final long TIMEOUT_SECONDS = 120;

    private ForeignPrograms() {}

    /** The test goes on only where the program is there. */
    public static void require(String program, String debianPackage) {
        boolean found = List.of(System.getenv("PATH").split(File.pathSeparator)).stream()
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
        if (found) {
            return;
        }
        String missing = program + " is not installed (Debian package " + debianPackage + ")";
        if ("required".equals(System.getProperty("camseal.peers"))) {
            fail(missing);
        }
        Assumptions.abort(missing);
    }

    /** Runs a program to its end and returns what it printed; anything but exit code 0 fails the test. */
    public static String run(Path directory, List<String> command) throws IOException, InterruptedException {
        Path printed = Files.createTempFile(directory, "out", ".txt");
        Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectInput(new File("/dev/null"))
                .redirectOutput(printed.toFile())
                .start();
        if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            fail(command.getFirst() + " did not end");
        }
        String text = new String(Files.readAllBytes(printed), StandardCharsets.UTF_8);
        if (process.exitValue() != 0) {
            fail(command + " ended with " + process.exitValue() + ": " + text);
        }
        return text;
    }
}
