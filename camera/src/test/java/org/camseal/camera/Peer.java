package org.camseal.camera;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A program of another maker that judges what is made here. Absent, it is named, and the test is left out. */
record Peer(String program, String debianPackage) {
    static final Peer FFMPEG = new Peer("ffmpeg", "ffmpeg");
    static final Peer FFPROBE = new Peer("ffprobe", "ffmpeg");

    /** Runs it; its standard output. Anything but success within two minutes fails the test. */
    byte[] run(List<String> arguments) throws IOException, InterruptedException {
        require();
        Path out = Files.createTempFile("peer", ".out");
        Path err = Files.createTempFile("peer", ".err");
        try {
            List<String> command = new ArrayList<>(List.of(program));
            command.addAll(arguments);
            Process process = new ProcessBuilder(command)
                    .redirectInput(new File("/dev/null"))
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile())
                    .start();
            boolean ended = process.waitFor(2, TimeUnit.MINUTES);
            process.destroyForcibly();
            assertThat(ended).as("%s ends within two minutes", command).isTrue();
            assertThat(process.exitValue())
                    .as("%s: %s", command, Files.readString(err))
                    .isZero();
            return Files.readAllBytes(out);
        } finally {
            Files.delete(out);
            Files.delete(err);
        }
    }

    /** Its standard output, line by line. */
    List<String> lines(List<String> arguments) throws IOException, InterruptedException {
        return new String(run(arguments), StandardCharsets.UTF_8).lines().toList();
    }

    private void require() {
        for (String directory : System.getenv("PATH").split(File.pathSeparator, -1)) {
            if (Files.isExecutable(Path.of(directory, program))) {
                return;
            }
        }
        String message = program + " is not installed (Debian package " + debianPackage + ")";
        if (System.getProperty("camseal.peers", "").equals("required")) {
            fail(message);
        }
        abort(message);
    }
}
