package org.camseal.recorder;

import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Hands every event to every listener of the moment. A listener that does not keep up loses the oldest events, and never holds up
 * whoever tells them.
 *
 * @param <E> an event
 */
public final class EventFan<E> {
    private static final int KEPT = 256;

    private final Set<BlockingQueue<E>> listeners = ConcurrentHashMap.newKeySet();

    /** Takes one event. */
    @FunctionalInterface
    public interface Listener<E> {
        /** May throw when nobody listens any more. */
        void hear(E event) throws IOException;
    }

    /** Tells everybody who listens now. */
    public void tell(E event) {
        for (BlockingQueue<E> listener : listeners) {
            while (!listener.offer(event)) {
                listener.poll();
            }
        }
    }

    /** Listens until interrupted, or until the listener throws. */
    public void listen(Listener<? super E> listener) throws IOException, InterruptedException {
        BlockingQueue<E> queue = new ArrayBlockingQueue<>(KEPT);
        listeners.add(queue);
        try {
            while (true) {
                listener.hear(queue.take());
            }
        } finally {
            listeners.remove(queue);
        }
    }
}
