package org.camseal.cli.command;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Where a measurement was taken: without this its numbers say little. */
public final class Surroundings {
    private static final Path CPU_INFO = Path.of("/proc/cpuinfo");
    private static final String MODEL = "model name";

    private Surroundings() {}

    /** Processor, system, Java, time and load, as lines to print. */
    public static List<String> lines() {
        double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
        return List.of(
                String.format(
                        Locale.ROOT,
                        "%s, %d processors (%s), %s, Java %s (%s)",
                        processor(),
                        Runtime.getRuntime().availableProcessors(),
                        System.getProperty("os.arch"),
                        System.getProperty("os.name"),
                        System.getProperty("java.vm.version"),
                        System.getProperty("java.vm.vendor")),
                Instant.now().truncatedTo(ChronoUnit.SECONDS)
                        + (load < 0 ? "" : String.format(Locale.ROOT, ", load average %.1f", load)));
    }

    private static String processor() {
        try (Stream<String> lines = Files.lines(CPU_INFO)) {
            return lines.filter(line -> line.startsWith(MODEL))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse("processor unknown");
        } catch (IOException e) {
            return "processor unknown";
        }
    }
}
