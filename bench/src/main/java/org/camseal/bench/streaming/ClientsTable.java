package org.camseal.bench.streaming;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.camseal.bench.Measurement;
import org.camseal.bench.Target;
import org.jspecify.annotations.Nullable;

/** The numbers of {@link ClientsBench} as one table, a case a line, ours and GStreamer's side by side. */
public final class ClientsTable {
    private ClientsTable() {}

    /** True for a number of {@link ClientsBench}. */
    public static boolean holds(Measurement measurement) {
        return measurement.subject().endsWith(ClientsBench.CLIENTS);
    }

    /** The table; of no such numbers nothing. Others among them are passed over. */
    public static List<String> lines(List<Measurement> measurements) {
        Map<String, Map<String, Measurement>> cases = new LinkedHashMap<>();
        measurements.stream()
                .filter(ClientsTable::holds)
                .forEach(measurement -> cases.computeIfAbsent(measurement.subject(), subject -> new LinkedHashMap<>())
                        .put(measurement.metric(), measurement));
        if (cases.isEmpty()) {
            return List.of();
        }
        List<String> lines = new ArrayList<>();
        lines.add(line("", "ours", "", "", "", "gst", "", "", "", "ours /"));
        String[] heads = {"of core", "client", "jitter", "arrived"};
        lines.add(line("", heads[0], heads[1], heads[2], heads[3], heads[0], heads[1], heads[2], heads[3], "theirs"));
        cases.forEach((subject, numbers) -> lines.add(line(subject, numbers)));
        return lines;
    }

    private static String line(String subject, Map<String, Measurement> numbers) {
        List<String> cells = new ArrayList<>(List.of(subject));
        for (String who : List.of("", ClientsBench.THEIRS)) {
            cells.add(number(numbers.get(who + ClientsBench.PROCESSOR), "%.1f %%"));
            cells.add(number(numbers.get(who + ClientsBench.FOR_ONE), "%.3f %%"));
            cells.add(number(numbers.get(who + ClientsBench.JITTER), "%.1f ms"));
            cells.add(number(numbers.get(who + ClientsBench.ARRIVED), "%.0f %%"));
        }
        Measurement ratio = numbers.get(ClientsBench.RATIO);
        cells.add(number(ratio, "%.2f"));
        cells.add(
                ratio == null || ratio.target() instanceof Target.None
                        ? ""
                        : (ratio.isMet() ? "met " : "MISSED ") + ratio.target().text());
        return line(cells.toArray(String[]::new));
    }

    private static String line(String... cells) {
        Object[] all = new Object[11];
        for (int i = 0; i < all.length; i++) {
            all[i] = i < cells.length ? cells[i] : "";
        }
        return String.format(Locale.ROOT, "%-52s %7s %7s %8s %7s   %7s %7s %8s %7s   %6s  %s", all)
                .stripTrailing();
    }

    private static String number(@Nullable Measurement measurement, String form) {
        return measurement == null || Double.isNaN(measurement.value())
                ? "-"
                : String.format(Locale.ROOT, form, measurement.value());
    }
}
