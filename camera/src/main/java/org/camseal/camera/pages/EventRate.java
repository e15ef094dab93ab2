package org.camseal.camera.pages;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** Lets so many events of one kind into the log in ten minutes, and counts the others. Kinds are few; at most 64 are kept. */
final class EventRate {
    private static final Duration WINDOW = Duration.ofMinutes(10);
    private static final int MOST_KINDS = 64;

    private final int most;
    private final Map<String, Count> counts = new LinkedHashMap<>();

    private static final class Count {
        private Instant begin;
        private int written;
        private long leftOut;

        Count(Instant begin) {
            this.begin = begin;
        }
    }

    /** @param leftOut how many of the kind were not written before this one */
    record Answer(boolean isWelcome, long leftOut) {}

    EventRate(int most) {
        this.most = most;
    }

    Answer ask(String kind, Instant now) {
        if (counts.size() >= MOST_KINDS && !counts.containsKey(kind)) {
            counts.remove(counts.keySet().iterator().next());
        }
        Count count = counts.computeIfAbsent(kind, _ -> new Count(now));
        Duration passed = Duration.between(count.begin, now);
        if (passed.isNegative() || passed.compareTo(WINDOW) > 0) {
            count.begin = now;
            count.written = 0;
        }
        if (count.written >= most) {
            count.leftOut++;
            return new Answer(false, 0);
        }
        count.written++;
        long leftOut = count.leftOut;
        count.leftOut = 0;
        return new Answer(true, leftOut);
    }
}
