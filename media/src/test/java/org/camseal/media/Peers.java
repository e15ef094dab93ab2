package org.camseal.media;

import static org.assertj.core.api.Assertions.fail;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** Foreign programs and files that tests compare with, where they are there. */
public final class Peers {
    private static final long TIMEOUT_SECONDS = 120;

    private Peers() {}

    /**
     * Goes on only where the program is installed; its absence is a failure where {@code -Dcamseal.peers=required} is set.
     *
     * @param debianPackage named to whoever wants to run the test
     */
    public static void require(String program, String debianPackage) {
        for (String directory : System.getenv("PATH").split(File.pathSeparator)) {
            if (Files.isExecutable(Path.of(directory, program))) {
                return;
            }
        }
        absent(program + " is not installed (Debian package " + debianPackage + ")");
    }

    private static void absent(String what) {
        if ("required".equals(System.getProperty("camseal.peers"))) {
            fail(what);
        }
        Assumptions.abort(what);
    }

    /**
     * A directory of the test vectors that are shared by several projects: beside the repository, or where {@code
     * -Dcamseal.shared=DIRECTORY} says. Goes on only where it is there.
     */
    public static Path shared(String directory) {
        Path path = Path.of(System.getProperty("camseal.shared", "../../shared"), directory);
        Assumptions.assumeTrue(Files.isDirectory(path), () -> "no shared test vectors at " + path);
        return path;
    }

    /** Runs a program to its end and returns its standard error, where ffmpeg logs. */
    public static String run(Path workingDirectory, List<String> command) throws IOException, InterruptedException {
        Path output = Files.createTempFile(workingDirectory, "out", ".txt");
        Path log = Files.createTempFile(workingDirectory, "log", ".txt");
        finish(workingDirectory, command, output, log);
        return Files.readString(log, StandardCharsets.ISO_8859_1);
    }

    /** Runs a program to its end and returns its standard output. */
    public static String output(Path workingDirectory, List<String> command) throws IOException, InterruptedException {
        Path output = Files.createTempFile(workingDirectory, "out", ".txt");
        Path log = Files.createTempFile(workingDirectory, "log", ".txt");
        finish(workingDirectory, command, output, log);
        return Files.readString(output, StandardCharsets.ISO_8859_1);
    }

    private static void finish(Path workingDirectory, List<String> command, Path output, Path log)
            throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .directory(workingDirectory.toFile())
                .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                .redirectOutput(output.toFile())
                .redirectError(log.toFile())
                .start();
        try {
            if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
                fail("still running after " + TIMEOUT_SECONDS + " s: " + command);
            }
        } finally {
            process.destroyForcibly();
        }
        if (process.exitValue() != 0) {
            fail("exit code " + process.exitValue() + " from " + command + "\n"
                    + Files.readString(log, StandardCharsets.ISO_8859_1));
        }
    }
}
