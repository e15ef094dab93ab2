package org.camseal.fuzz;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One target under Jazzer, in a JVM of its own with little memory. Jazzer's JUnit mode fuzzes one test per JVM and brings an older JUnit; its
 * driver does without.
 */
final class JazzerRun {
    // Parsers hold a few copies of an input of some kilobytes, and one frame of a unit stream, 32 MiB.
    private static final String MEMORY = "-Xmx160m";
    // For one input, on a machine that is busy with other things too.
    private static final int INPUT_SECONDS = 30;
    // They look for patterns made of input, of which there are none, and make each split of a string seventy times as
    // slow.
    private static final String SLOW_HOOKS = "com.code_intelligence.jazzer.sanitizers.RegexRoadblocks"
            + ":com.code_intelligence.jazzer.sanitizers.RegexInjection";
    private static final int LONG_SECONDS = 60;
    private static final int MAX_INPUT_BYTES = 16_384;
    private static final int START_SECONDS = 240;
    private static final Pattern DONE = Pattern.compile("Done (\\d+) runs in (\\d+) second");
    // Under target/, with what the fuzzer learned in earlier runs.
    private static final Path WORK = Path.of("target", "fuzz");

    private final FuzzTarget target;
    private final Path directory;

    /**
     * How it ended.
     *
     * @param executions inputs tried
     * @param finding the input that was a finding, and what Jazzer says of it
     */
    record Outcome(long executions, Optional<Finding> finding) {}

    /**
     * An input that broke a rule.
     *
     * @param hex for a file in {@code src/test/findings}
     */
    record Finding(String hex, String log) {}

    JazzerRun(FuzzTarget target) {
        this.target = target;
        this.directory = WORK.resolve(target.label());
    }

    /** Runs for so many seconds, or until a finding. */
    Outcome run(int seconds) throws Exception {
        Path seeds = Files.createDirectories(directory.resolve("seeds"));
        Path corpus = Files.createDirectories(directory.resolve("corpus"));
        Path findings = Files.createDirectories(directory.resolve("findings"));
        empty(findings);
        int number = 0;
        for (byte[] seed : target.seeds()) {
            Files.write(seeds.resolve("seed-" + number++), seed);
        }
        Path log = directory.resolve("log.txt");
        Process process = new ProcessBuilder(command(seconds, findings, corpus, seeds))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            if (!process.waitFor(seconds + START_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException(target.label() + " did not end by itself; see " + log.toAbsolutePath());
            }
        } finally {
            process.destroyForcibly();
        }
        return outcome(process.exitValue(), Files.readString(log), findings);
    }

    private List<String> command(int seconds, Path findings, Path corpus, Path seeds) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                MEMORY,
                // A short run is over before the better compiler would pay.
                "-XX:TieredStopAtLevel=" + (seconds < LONG_SECONDS ? 1 : 4),
                "-XX:+UseSerialGC",
                "-XX:+EnableDynamicAgentLoading",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-D" + FuzzEntry.TARGET + "=" + target.name(),
                "-cp",
                System.getProperty("java.class.path"),
                "com.code_intelligence.jazzer.Jazzer",
                "--target_class=" + FuzzEntry.class.getName(),
                "--instrumentation_includes=org.camseal.**",
                "--instrumentation_excludes=org.camseal.fuzz.**",
                "--disabled_hooks=" + SLOW_HOOKS,
                "--reproducer_path=" + directory,
                "-artifact_prefix=" + findings + "/",
                "-max_total_time=" + seconds,
                "-max_len=" + MAX_INPUT_BYTES,
                "-timeout=" + INPUT_SECONDS,
                "-rss_limit_mb=1024",
                corpus.toString(),
                seeds.toString());
    }

    private Outcome outcome(int exitCode, String log, Path findings) throws IOException {
        Matcher done = DONE.matcher(log);
        long executions = done.find() ? Long.parseLong(done.group(1)) : 0;
        Optional<byte[]> input = firstIn(findings);
        if (input.isPresent()) {
            return new Outcome(
                    executions, Optional.of(new Finding(HexFormat.of().formatHex(input.get()), excerpt(log))));
        }
        if (exitCode != 0 || executions == 0) {
            throw new IllegalStateException(target.label() + " ended with exit code " + exitCode + "\n" + excerpt(log));
        }
        return new Outcome(executions, Optional.empty());
    }

    /** From where Jazzer says what is wrong; else the end. */
    private static String excerpt(String log) {
        int from = log.indexOf("== Java Exception");
        return from >= 0
                ? log.substring(from, Math.min(log.length(), from + 4_000))
                : log.substring(Math.max(0, log.length() - 4_000));
    }

    private static Optional<byte[]> firstIn(Path findings) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(findings, "*-*")) {
            for (Path file : files) {
                return Optional.of(Files.readAllBytes(file));
            }
        }
        return Optional.empty();
    }

    private static void empty(Path findings) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(findings)) {
            for (Path file : files) {
                Files.delete(file);
            }
        }
    }
}
