package org.camseal.cli.factory;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.camseal.cli.command.ProgressLine;
import org.camseal.factory.FailureCause;
import org.camseal.factory.Yield;
import org.jspecify.annotations.Nullable;

/** The yield of a run while it goes on: on a terminal drawn anew in its place; elsewhere nothing until the end. */
final class YieldTable implements AutoCloseable {
    private static final Duration EVERY = Duration.ofMillis(250);

    private final PrintWriter err;
    private final Yield yield;
    private final @Nullable Thread drawing;
    private int drawn;

    private YieldTable(PrintWriter err, Yield yield, boolean shown) {
        this.err = err;
        this.yield = yield;
        this.drawing = shown ? Thread.ofVirtual().start(this::draw) : null;
    }

    static YieldTable on(PrintWriter err, Yield yield) {
        return new YieldTable(err, yield, ProgressLine.isTerminal());
    }

    private void draw() {
        try {
            while (true) {
                redraw(lines(yield.snapshot()));
                Thread.sleep(EVERY);
            }
        } catch (InterruptedException e) {
            redraw(List.of());
        }
    }

    private void redraw(List<String> lines) {
        if (drawn > 0) {
            err.printf(Locale.ROOT, "\u001b[%dA\u001b[J", drawn); // up, and clear what is below
        }
        lines.forEach(err::println);
        err.flush();
        drawn = lines.size();
    }

    /** For people. */
    static List<String> lines(Yield.Snapshot numbers) {
        List<String> lines = new ArrayList<>();
        lines.add(String.format(
                Locale.ROOT,
                "ready %d of %d (%d before), not ready %d, %.0f a minute, %s",
                numbers.ready(),
                numbers.expected(),
                numbers.before(),
                numbers.failed(),
                numbers.perMinute(),
                clock(numbers.elapsed())));
        numbers.notReady()
                .forEach((cause, count) -> lines.add(String.format(Locale.ROOT, "  %-10s %6d", cause, count)));
        Map<String, Integer> stages = new TreeMap<>();
        numbers.underWay().values().forEach(stage -> stages.merge(stage, 1, Integer::sum));
        stages.forEach((stage, count) -> lines.add(String.format(Locale.ROOT, "  %-10s %6d under way", stage, count)));
        return lines;
    }

    /** For programs; the keys are stable. */
    static Map<String, Object> object(Yield.Snapshot numbers) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("expected", numbers.expected());
        object.put("ready", numbers.ready());
        object.put("before", numbers.before());
        Map<String, Integer> causes = new LinkedHashMap<>();
        for (FailureCause cause : FailureCause.values()) {
            causes.put(cause.name(), numbers.notReady().getOrDefault(cause, 0));
        }
        object.put("notReadyByCause", causes);
        object.put("perMinute", Math.round(numbers.perMinute()));
        object.put("seconds", numbers.elapsed().toSeconds());
        return object;
    }

    private static String clock(Duration time) {
        return String.format(Locale.ROOT, "%d:%02d:%02d", time.toHours(), time.toMinutesPart(), time.toSecondsPart());
    }

    @Override
    public void close() {
        if (drawing != null) {
            drawing.interrupt();
            try {
                drawing.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
