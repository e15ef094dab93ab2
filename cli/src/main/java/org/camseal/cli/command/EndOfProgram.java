package org.camseal.cli.command;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The moment when a long-running program is told to end (SIGTERM, SIGINT); the process waits until it has. */
public final class EndOfProgram implements AutoCloseable {
    private static final int CLOSING_SECONDS = 40;

    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);

    /** From now on an end that is asked for waits for {@link #close()}, 40 seconds at most. */
    public EndOfProgram() {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            asked.countDown();
            try {
                boolean _ = ended.await(CLOSING_SECONDS, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }));
    }

    /** Until the end is asked for. */
    public void await() throws InterruptedException {
        asked.await();
    }

    /** The program has ended: the process may. */
    @Override
    public void close() {
        ended.countDown();
    }
}
