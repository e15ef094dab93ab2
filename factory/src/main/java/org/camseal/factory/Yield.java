package org.camseal.factory;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** How a run goes: how many cameras are ready, how fast, and what fails how often. Safe for use by several threads. */
public final class Yield {
    /** The rate is over so much time. */
    private static final Duration WINDOW = Duration.ofMinutes(1);

    private final InstantSource clock;
    private final Instant begin;
    private final Deque<Instant> recent = new ArrayDeque<>();
    private final Map<String, Outcome> last = new HashMap<>();
    private final Map<String, String> underWay = new TreeMap<>();
    private final Set<String> expected = new HashSet<>();

    /**
     * @param clock the station's own
     */
    public Yield(InstantSource clock) {
        this.clock = clock;
        this.begin = clock.instant();
    }

    /**
     * The numbers at one moment.
     *
     * @param expected cameras that were named so far
     * @param ready cameras that are ready, those of earlier runs included
     * @param before of these, ready since an earlier run
     * @param notReady cameras that are not, by cause, as of their last try; those that are tried again now do not count
     * @param underWay cameras that are worked at, and how far each is
     * @param perMinute cameras made ready in the last minute, or, in the first, as if it went on so
     * @param elapsed since the run began
     */
    public record Snapshot(
            int expected,
            int ready,
            int before,
            Map<FailureCause, Integer> notReady,
            Map<String, String> underWay,
            double perMinute,
            Duration elapsed) {
        public Snapshot {
            notReady = Collections.unmodifiableMap(new EnumMap<>(notReady));
            underWay = Map.copyOf(underWay);
        }

        /** Cameras whose last try failed, whatever the cause. */
        public int failed() {
            return notReady.values().stream().mapToInt(Integer::intValue).sum();
        }
    }

    synchronized void expect(String serial) {
        expected.add(serial);
    }

    synchronized void reached(String serial, String stage) {
        last.remove(serial);
        underWay.put(serial, stage);
    }

    synchronized void ended(Outcome outcome) {
        underWay.remove(outcome.serial());
        last.put(outcome.serial(), outcome);
        if (outcome instanceof Outcome.Ready ready && !ready.before()) {
            recent.add(clock.instant());
        }
    }

    /** The numbers now. */
    public synchronized Snapshot snapshot() {
        Instant now = clock.instant();
        while (!recent.isEmpty() && recent.getFirst().isBefore(now.minus(WINDOW))) {
            recent.removeFirst();
        }
        int ready = 0;
        int before = 0;
        Map<FailureCause, Integer> notReady = new EnumMap<>(FailureCause.class);
        for (Outcome outcome : last.values()) {
            switch (outcome) {
                case Outcome.Ready made -> {
                    ready++;
                    before += made.before() ? 1 : 0;
                }
                case Outcome.NotReady failed -> notReady.merge(failed.cause(), 1, Integer::sum);
            }
        }
        Duration elapsed = Duration.between(begin, now);
        double minutes = Math.min(1, Math.max(elapsed.toMillis(), 1_000) / 60_000.0);
        return new Snapshot(expected.size(), ready, before, notReady, underWay, recent.size() / minutes, elapsed);
    }
}
