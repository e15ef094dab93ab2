package org.camseal.peers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * How a program of others ended, and what it printed.
 *
 * @param command its command line, for messages
 * @param exitCode 0 for a good end
 * @param output the bytes of its standard output; shared, not to be written to
 * @param err its standard error, where ffmpeg and openssl tell
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
public record PeerOutcome(List<String> command, int exitCode, byte[] output, String err) {
    private static final long MOST_SECONDS = 120;

    /** Runs a command to its end; fails the test after two minutes. Standard input is empty unless the builder says otherwise. */
    public static PeerOutcome of(ProcessBuilder builder) throws IOException, InterruptedException {
        Path out = Files.createTempFile("peer", ".out");
        Path err = Files.createTempFile("peer", ".err");
        try {
            if (builder.redirectInput().equals(ProcessBuilder.Redirect.PIPE)) {
                builder.redirectInput(new File("/dev/null"));
            }
            Process process = builder.redirectOutput(out.toFile())
                    .redirectError(err.toFile())
                    .start();
            boolean ended = process.waitFor(MOST_SECONDS, TimeUnit.SECONDS);
            process.destroyForcibly();
            String told = Files.readString(err, StandardCharsets.ISO_8859_1);
            assertThat(ended)
                    .as("%s ends within two minutes%n%s", builder.command(), told)
                    .isTrue();
            return new PeerOutcome(builder.command(), process.exitValue(), Files.readAllBytes(out), told);
        } finally {
            Files.delete(out);
            Files.delete(err);
        }
    }

    /** This, if it ended well; fails the test otherwise. */
    public PeerOutcome good() {
        assertThat(exitCode).as("%s", this).isZero();
        return this;
    }

    /** Its standard output as text. */
    public String out() {
        return new String(output, StandardCharsets.UTF_8);
    }

    /** Its standard output, line by line. */
    public List<String> lines() {
        return out().lines().toList();
    }

    /** All it printed, errors first. */
    public String all() {
        return err + out();
    }

    @Override
    public String toString() {
        return command + " ended with " + exitCode + "\n" + all();
    }
}
