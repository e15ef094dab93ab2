package org.camseal.camera;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A clock that moves only when somebody waits, so that no test sleeps. */
final class FakeClock implements LiveClock {
    static final Instant START = Instant.parse("2026-11-21T23:20:05Z");

    private Duration uptime = Duration.ofHours(5);
    private Instant now = START;
    private final List<Duration> sleeps = new ArrayList<>();

    @Override
    public synchronized Instant instant() {
        return now;
    }

    @Override
    public synchronized Duration uptime() {
        return uptime;
    }

    @Override
    public synchronized void sleep(Duration duration) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        if (duration.isPositive()) {
            sleeps.add(duration);
            pass(duration);
        }
    }

    /** Time passes although nobody waits: the machine is busy. */
    synchronized void pass(Duration duration) {
        uptime = uptime.plus(duration);
        now = now.plus(duration);
    }

    /** Somebody sets the clock on the wall. */
    synchronized void set(Duration by) {
        now = now.plus(by);
    }

    synchronized List<Duration> sleeps() {
        return List.copyOf(sleeps);
    }
}
