package org.camseal.bench.streaming;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.camseal.bench.BenchException;
import org.jspecify.annotations.Nullable;

/**
 * A process of its own that takes part in a measurement: it is told lines and answers with lines, and ends with its standard input. Its
 * processor time is its own.
 */
final class Child implements Closeable {
    /** For two hundred handshakes, on a machine that has much else to do. */
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private static final Duration GRACE = Duration.ofSeconds(5);
    private static final int MOST_LINES = 1_000;
    private static final String END = "\0";

    private final String name;
    private final Process process;
    private final Writer to;
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>(MOST_LINES);
    private final StringBuilder said = new StringBuilder();

    private Child(String name, Process process) {
        this.name = name;
        this.process = process;
        this.to = process.outputWriter(StandardCharsets.UTF_8);
        Thread.ofVirtual().name("hear " + name).start(this::hear);
    }

    /** Starts a program. */
    static Child start(String name, List<String> command, Map<String, String> environment) throws BenchException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        // Options of the surroundings would change what is measured.
        builder.environment().keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS"));
        builder.environment().putAll(environment);
        try {
            return new Child(name, builder.start());
        } catch (IOException e) {
            throw new BenchException.ChildFailed(name + " could not be started: " + e.getMessage(), e);
        }
    }

    /** Starts a class of ours in a Java machine of its own, of the same Java and class path. */
    static Child java(Class<?> program, List<String> arguments, Map<String, String> environment) throws BenchException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:+UseSerialGC", "-Xms256m", "-Xmx256m", "--enable-native-access=ALL-UNNAMED"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), program.getName()));
        command.addAll(arguments);
        return start(program.getSimpleName(), command, environment);
    }

    private void hear() {
        try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                lines.put(line);
            }
            lines.put(END);
        } catch (IOException e) {
            lines.clear();
            lines.add(END);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Tells it a line and waits for its answer. */
    List<String> ask(String line, String answer) throws BenchException, InterruptedException {
        try {
            to.write(line + "\n");
            to.flush();
        } catch (IOException e) {
            throw failed("it is gone", e);
        }
        return await(answer);
    }

    /** Waits for a line that begins with that word; returns the words behind it. */
    List<String> await(String answer) throws BenchException, InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            String line = lines.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (line == null || line.equals(END)) {
                throw failed(line == null ? "nothing within " + PATIENCE.toSeconds() + " s" : "it ended", null);
            }
            if (line.equals(answer) || line.startsWith(answer + " ")) {
                return List.of(line.substring(answer.length()).strip().split(" "));
            }
            said.append(line).append("; ");
        }
    }

    private BenchException failed(String what, @Nullable Exception cause) {
        String message = name + ": " + what + "; it said: " + said;
        return cause == null ? new BenchException.ChildFailed(message) : new BenchException.ChildFailed(message, cause);
    }

    /** Processor time of the whole process until now, all its threads, in user and system. */
    Duration processorTime() throws BenchException {
        return process.info()
                .totalCpuDuration()
                .orElseThrow(() -> failed("this system does not tell a process's processor time", null));
    }

    /** Ends it. */
    @Override
    public void close() {
        try {
            to.close();
        } catch (IOException e) {
            // It is gone already.
        }
        try {
            if (!process.waitFor(GRACE.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
