package org.camseal.authority.service;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.camseal.authority.AuthorityException;

/** Work that comes again at a set interval: checkpoints of the log, revocation lists, what another authority has to be told. A revocation or certificate costs nothing in itself then. */
final class Rounds implements AutoCloseable {
    private final ScheduledExecutorService schedule;
    private final Duration grace;

    private Rounds(String name, Duration grace) {
        this.schedule = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name(name).factory());
        this.grace = grace;
    }

    /** One round's work. */
    @FunctionalInterface
    interface Round {
        void run() throws AuthorityException, InterruptedException;
    }

    /**
     * How often.
     *
     * @param interval between the end of one round and the beginning of the next
     * @param grace how long a round under way may take at the end
     */
    record Pace(Duration interval, Duration grace) {}

    /**
     * Starts; the first round at once.
     *
     * @param failed hears of each round that failed; the next one is made all the same
     */
    static Rounds start(String name, Pace pace, Round round, Consumer<Exception> failed) {
        Rounds rounds = new Rounds(name, pace.grace());
        ScheduledFuture<?> _ = rounds.schedule.scheduleWithFixedDelay(
                () -> {
                    try {
                        round.run();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt(); // only close() does that
                    } catch (AuthorityException | RuntimeException e) {
                        failed.accept(e);
                    }
                },
                0,
                pace.interval().toMillis(),
                TimeUnit.MILLISECONDS);
        return rounds;
    }

    /** Lets the round under way end. What is not done yet is done by the next process. */
    @Override
    public void close() {
        schedule.shutdown();
        try {
            if (!schedule.awaitTermination(grace.toMillis(), TimeUnit.MILLISECONDS)) {
                schedule.shutdownNow();
            }
        } catch (InterruptedException e) {
            schedule.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
