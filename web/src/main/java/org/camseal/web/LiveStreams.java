package org.camseal.web;

import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The threads that send streams now, so that the server's end can end them. */
final class LiveStreams {
    private static final Duration PULSE = Duration.ofSeconds(10);

    private final Set<Thread> sending = ConcurrentHashMap.newKeySet();
    private volatile boolean ended;

    /** Held while a stream is sent. */
    final class Lease implements AutoCloseable {
        private final Thread sender = Thread.currentThread();

        private Lease() {
            sending.add(sender);
            if (ended) {
                sender.interrupt();
            }
        }

        /** Pings the client of these events from time to time; when it is gone, interrupts who sends. */
        Pulse pulse(EventSink events) {
            return new Pulse(sender, events);
        }

        @Override
        public void close() {
            sending.remove(sender);
            Thread.interrupted(); // the thread goes on with other things
        }
    }

    /** Runs beside a producer of events. */
    static final class Pulse implements AutoCloseable {
        private final Thread beating;
        private volatile boolean over;

        private Pulse(Thread sender, EventSink events) {
            this.beating = Thread.ofVirtual().name("event pulse").start(() -> beat(sender, events));
        }

        private void beat(Thread sender, EventSink events) {
            try {
                while (!over) {
                    Thread.sleep(PULSE);
                    events.ping();
                }
            } catch (InterruptedException e) {
                // the producer is done
            } catch (IOException e) {
                if (!over) {
                    sender.interrupt();
                }
            }
        }

        @Override
        public void close() {
            over = true;
            beating.interrupt();
        }
    }

    Lease enter() {
        return new Lease();
    }

    void end() {
        ended = true;
        sending.forEach(Thread::interrupt);
    }
}
