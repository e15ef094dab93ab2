package org.camseal.bench.cipher;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.camseal.bench.BenchException;

/** Starts {@link CipherChild} in a Java machine of its own, of the same Java as this one, and hears it to its end. */
final class ChildMachine {
    private static final Duration LIMIT = Duration.ofMinutes(10);
    // One collector thread, and room enough that it seldom runs; compile what is hot at once, not when a busy machine
    // gets
    // round to it.
    private static final List<String> OPTIONS = List.of(
            "-XX:+UnlockDiagnosticVMOptions", // without it some flags cannot even be asked for
            "-XX:+UseSerialGC",
            "-Xms192m",
            "-Xmx192m",
            "-Xmn128m",
            "-Xbatch",
            "--enable-native-access=ALL-UNNAMED");

    private ChildMachine() {}

    /**
     * @param course is told each course as it begins
     * @throws BenchException.ChildFailed if it does not start, fails, or measured under other flags than it should
     */
    static ChildReport run(Processor processor, Effort effort, Consumer<String> course)
            throws BenchException, InterruptedException {
        ChildReport report = new ChildReport();
        int exit;
        try {
            exit = hear(new ProcessBuilder(command(processor, effort)), report, course);
        } catch (IOException e) {
            throw new BenchException.ChildFailed(
                    "no Java machine could be started to measure in: " + e.getMessage(), e);
        }
        if (exit != 0 || !report.isWhole()) {
            throw new BenchException.ChildFailed("the Java machine that measured \"" + processor.label()
                    + "\" ended with exit code " + exit + " before it was through; it said: "
                    + String.join("; ", report.otherLines()));
        }
        List<String> on = processor.contradictions(report.flags());
        if (!on.isEmpty()) {
            throw new BenchException.ChildFailed("this Java cannot be made to measure \"" + processor.label() + "\": "
                    + String.join(", ", on) + " stayed on");
        }
        return report;
    }

    private static List<String> command(Processor processor, Effort effort) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(OPTIONS);
        command.addAll(processor.options());
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add(CipherChild.class.getName());
        command.addAll(CipherChild.arguments(effort));
        return command;
    }

    private static int hear(ProcessBuilder builder, ChildReport report, Consumer<String> course)
            throws IOException, BenchException, InterruptedException {
        // Options of the surroundings would change what is measured.
        builder.environment().keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS"));
        Process child = builder.redirectErrorStream(true).start();
        Thread limit = Thread.ofVirtual().start(() -> endAfterLimit(child));
        try (BufferedReader lines = child.inputReader(StandardCharsets.US_ASCII)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                report.line(line).ifPresent(course);
            }
            return child.waitFor();
        } finally {
            child.destroyForcibly();
            limit.interrupt();
        }
    }

    private static void endAfterLimit(Process child) {
        try {
            if (!child.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                child.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // it ended in time
        }
    }
}
