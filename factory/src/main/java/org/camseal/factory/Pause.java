package org.camseal.factory;

import java.time.Duration;

/** Waits; tests only note for how long. */
@FunctionalInterface
public interface Pause {
    /** Really waits. */
    Pause SLEEP = Thread::sleep;

    void last(Duration time) throws InterruptedException;
}
