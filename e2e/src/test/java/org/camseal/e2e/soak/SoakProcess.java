package org.camseal.e2e.soak;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.camseal.cli.CamSeal;

/** {@code camseal} as a process: small and quick to start, because it is killed so often. */
final class SoakProcess {
    private SoakProcess() {}

    /** Starts a command; what it says goes to a file, which is appended to. */
    static Process start(Path log, Map<String, String> environment, List<String> arguments) throws IOException {
        List<String> words = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xshare:auto",
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                CamSeal.class.getName()));
        words.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(words)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(environment);
        Process process = builder.start();
        Thread hook = new Thread(process::destroyForcibly); // a soak that is ended leaves nothing behind
        Runtime.getRuntime().addShutdownHook(hook);
        CompletableFuture<Void> _ = process.onExit().thenRun(() -> forget(hook));
        return process;
    }

    private static void forget(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // this Java ends anyway
        }
    }

    /** The last lines of what it said, for a failed test. */
    static String tail(Path log) {
        try {
            List<String> lines = Files.readAllLines(log);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - 12), lines.size()));
        } catch (IOException e) {
            return log + " cannot be read";
        }
    }

    /** Ends a process and what is below it. */
    static void end(Process process) throws InterruptedException {
        List<ProcessHandle> below = process.descendants().toList();
        process.destroyForcibly().waitFor();
        below.forEach(ProcessHandle::destroyForcibly);
    }
}
