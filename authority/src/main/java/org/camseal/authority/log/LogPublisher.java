package org.camseal.authority.log;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.camseal.authority.AuthorityException;

/** Publishes a checkpoint at a set interval, when the log has grown. */
public final class LogPublisher implements AutoCloseable {
    private static final long GRACE_SECONDS = 10;

    private final ScheduledExecutorService schedule = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("log").factory());

    private LogPublisher() {}

    /**
     * Starts publishing; the first time at once.
     *
     * @param interval between the end of one attempt and the beginning of the next
     * @param failed hears of each attempt that failed; the next one is made all the same
     */
    public static LogPublisher start(TransparencyLog log, Duration interval, Consumer<Exception> failed) {
        LogPublisher publisher = new LogPublisher();
        ScheduledFuture<?> _ = publisher.schedule.scheduleWithFixedDelay(
                () -> {
                    try {
                        log.publish();
                    } catch (AuthorityException | RuntimeException e) {
                        failed.accept(e);
                    }
                },
                0,
                interval.toMillis(),
                TimeUnit.MILLISECONDS);
        return publisher;
    }

    /** Lets the attempt under way end. What is not published yet is published by the next process. */
    @Override
    public void close() {
        schedule.shutdown();
        try {
            if (!schedule.awaitTermination(GRACE_SECONDS, TimeUnit.SECONDS)) {
                schedule.shutdownNow();
            }
        } catch (InterruptedException e) {
            schedule.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
