package org.camseal.cli.bench;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.camseal.bench.Measurement;
import org.camseal.bench.Target;
import org.camseal.cli.command.ExitCode;
import org.camseal.cli.command.Json;
import org.camseal.cli.command.Surroundings;

/** What every {@code camseal bench NAME} prints of its measurements, and its exit code. */
final class BenchReport {
    private BenchReport() {}

    /**
     * Prints the measurements, as JSON or as text under a line or two on the machine.
     *
     * @param text what stands between those and the summary
     * @return the command's exit code
     */
    static int print(PrintWriter out, boolean json, List<Measurement> measurements, List<String> text) {
        if (json) {
            out.println(json(measurements));
        } else {
            Surroundings.lines().forEach(out::println);
            out.println();
            text.forEach(out::println);
            out.println();
            out.println(summary(measurements));
        }
        return exitCode(measurements).number();
    }

    /** The same, with a plain table for the text. */
    static int print(PrintWriter out, boolean json, List<Measurement> measurements) {
        return print(out, json, measurements, lines(measurements));
    }

    /** 0 if every target is met, else 3. */
    static ExitCode exitCode(List<Measurement> measurements) {
        return measurements.stream().allMatch(Measurement::isMet) ? ExitCode.DONE : ExitCode.INCOMPLETE;
    }

    /** How many targets are met, and which are not, in one line or a few. */
    static String summary(List<Measurement> measurements) {
        List<Measurement> judged = measurements.stream()
                .filter(measurement -> !(measurement.target() instanceof Target.None))
                .toList();
        List<Measurement> missed =
                judged.stream().filter(measurement -> !measurement.isMet()).toList();
        StringBuilder text = new StringBuilder()
                .append(judged.size() - missed.size())
                .append(" of ")
                .append(judged.size())
                .append(" targets are met");
        for (Measurement measurement : missed) {
            text.append(System.lineSeparator())
                    .append("missed: ")
                    .append(subject(measurement))
                    .append(' ')
                    .append(value(measurement.value()))
                    .append(", target ")
                    .append(measurement.target().text());
        }
        return text.toString();
    }

    /** One array, an object a measurement; {@code target} is null where there is none, and {@code met} then true. */
    static String json(List<Measurement> measurements) {
        return Json.text(measurements.stream().map(BenchReport::object).toList());
    }

    private static Map<String, Object> object(Measurement measurement) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("bench", measurement.bench());
        object.put("case", measurement.subject());
        object.put("metric", measurement.metric());
        // JSON has no word for what is not a number.
        object.put("value", Double.isFinite(measurement.value()) ? measurement.value() : null);
        object.put("unit", measurement.unit());
        object.put(
                "target",
                measurement.target() instanceof Target.None
                        ? null
                        : measurement.target().text());
        object.put("met", measurement.isMet());
        return object;
    }

    /** The same as a plain table, one measurement a line. */
    static List<String> lines(List<Measurement> measurements) {
        int width = measurements.stream()
                .mapToInt(measurement -> subject(measurement).length())
                .max()
                .orElse(0);
        List<String> lines = new ArrayList<>();
        for (Measurement measurement : measurements) {
            String line = String.format(
                    Locale.ROOT,
                    "%-" + Math.max(width, 1) + "s  %12s %-8s %s",
                    subject(measurement),
                    value(measurement.value()),
                    measurement.unit(),
                    verdict(measurement));
            lines.add(line.stripTrailing());
        }
        return lines;
    }

    private static String subject(Measurement measurement) {
        return measurement.subject() + ": " + measurement.metric();
    }

    /** At least three digits that count, and no more behind the point than that takes. */
    private static String value(double value) {
        double size = Math.abs(value);
        int digits = size >= 100 || size == 0 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3;
        return String.format(Locale.ROOT, "%." + digits + "f", value);
    }

    private static String verdict(Measurement measurement) {
        if (measurement.target() instanceof Target.None) {
            return "";
        }
        return (measurement.isMet() ? "met     " : "MISSED  ")
                + measurement.target().text();
    }
}
