package org.camseal.authority.status;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.camseal.authority.AuthorityException;

/** Writes revocation lists anew at a set interval, so that a revocation costs nothing in itself. */
public final class RevocationPublisher implements AutoCloseable {
    private static final long GRACE_SECONDS = 30;

    private final ScheduledExecutorService schedule = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("revocation-lists").factory());

    private RevocationPublisher() {}

    /**
     * Starts; the first lists are written at once.
     *
     * @param interval between the end of one round and the beginning of the next; well below the lists' validity
     * @param failed hears of each list that could not be written; it is tried again in the next round
     */
    public static RevocationPublisher start(List<RevocationList> lists, Duration interval, Consumer<Exception> failed) {
        RevocationPublisher publisher = new RevocationPublisher();
        ScheduledFuture<?> _ = publisher.schedule.scheduleWithFixedDelay(
                () -> lists.forEach(list -> write(list, failed)), 0, interval.toMillis(), TimeUnit.MILLISECONDS);
        return publisher;
    }

    private static void write(RevocationList list, Consumer<Exception> failed) {
        try {
            list.write();
        } catch (AuthorityException | RuntimeException e) {
            failed.accept(e);
        }
    }

    /** Lets the list under way be finished. */
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
