package org.camseal.streaming.server;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.camseal.streaming.server.SessionState.Playing;
import org.jspecify.annotations.Nullable;

/**
 * Sends what is live to all readers that take everything by UDP, on one thread: a picture wakes one thread, not one for each reader, and nobody waits for
 * the socket. A reader gets at most a burst of packets in a row, then it is the turn of the others.
 */
final class DatagramPump implements Closeable {
    /** Packets that leave back to back; then a short rest, so that a large key frame does not overrun the reader's buffer. */
    static final int BURST = 32;

    /** How long a reader rests after a burst. */
    static final long REST_NANOS = 1_000_000;

    private static final long RETRY_NANOS = 10_000_000;
    private static final long NEVER = Long.MAX_VALUE;

    private final SessionTable sessions;
    private final LongSupplier nanoTime;
    private final Queue<Lane> arriving = new ConcurrentLinkedQueue<>();
    private final List<Lane> lanes = new ArrayList<>(); // of the pump's thread alone
    private final AtomicBoolean woken = new AtomicBoolean();
    private final Thread thread;
    private volatile boolean closed;

    private DatagramPump(SessionTable sessions, LongSupplier nanoTime) {
        this.sessions = sessions;
        this.nanoTime = nanoTime;
        this.thread = Thread.ofPlatform().daemon().name("rtsp-udp").unstarted(this::run);
    }

    static DatagramPump start(SessionTable sessions, LongSupplier nanoTime) {
        DatagramPump pump = new DatagramPump(sessions, nanoTime);
        pump.thread.start();
        return pump;
    }

    /** One reader on its way. */
    private static final class Lane {
        private final Session session;
        private final Playing playing;
        private final Subscription subscription;
        private final Pace pace = Pace.ofLive();
        private Feed.@Nullable Taken current;
        private int nextPacket;
        private long notBefore;
        private boolean holds;
        private boolean settling;

        Lane(Session session, Playing playing, Subscription subscription) {
            this.session = session;
            this.playing = playing;
            this.subscription = subscription;
        }

        /**
         * Sends what is due now, a burst at most.
         *
         * @return when to come again: {@link #NEVER} where the subscription will tell; -1 where it is over
         */
        long go(long now) throws IOException {
            if (!holds) {
                holds = session.takePump(); // paused and playing again: another pump may have to let go first
                notBefore = holds ? now : now + RETRY_NANOS;
            }
            if (holds && subscription.isCancelled()) {
                return -1;
            }
            if (notBefore > now) {
                return notBefore;
            }
            if (settling) {
                session.sayGoodbye(playing);
                return -1;
            }
            if (current == null && !next(now)) {
                return settling ? notBefore : NEVER;
            }
            return notBefore > now ? notBefore : burst(now);
        }

        /** Takes the next unit and when it is due; false where there is none. */
        private boolean next(long now) {
            current = subscription.poll();
            nextPacket = 0;
            if (current != null) {
                notBefore = now + pace.delayNanos(current.unit().presentation(), now);
            } else if (subscription.isDone()) {
                // A reader may stop at the farewell, which comes to another port and may overtake the last packets.
                settling = true;
                notBefore = now + Carrier.Datagrams.SETTLE_NANOS;
            }
            return current != null;
        }

        private long burst(long now) throws IOException {
            Feed.Taken taken = current;
            TrackSender sender =
                    taken == null ? null : playing.senders().get(taken.unit().track());
            if (taken != null && sender != null) {
                nextPacket = sender.send(taken, nextPacket, BURST);
                if (nextPacket < taken.unit().payloads().size()) {
                    notBefore = now + REST_NANOS;
                    return notBefore;
                }
            }
            current = null;
            return now; // perhaps there is another
        }

        void over() {
            if (holds) {
                session.releasePump();
            }
        }
    }

    /** Sends to one more reader of what is live until its playback is over. */
    void add(Session session, Playing playing, Subscription subscription) {
        arriving.add(new Lane(session, playing, subscription));
        subscription.tell(this::wake);
        wake();
    }

    private void wake() {
        if (!woken.getAndSet(true)) {
            LockSupport.unpark(thread);
        }
    }

    private void run() {
        while (!closed) {
            woken.set(false);
            for (Lane lane = arriving.poll(); lane != null; lane = arriving.poll()) {
                lanes.add(lane);
            }
            long next = round();
            if (!woken.get() && next > 0) {
                if (next == NEVER) {
                    LockSupport.park(this);
                } else {
                    LockSupport.parkNanos(this, next);
                }
            }
        }
    }

    /** Every reader once; returns after how many nanoseconds one of them is due, 0 for at once. */
    private long round() {
        long soonest = NEVER;
        for (Iterator<Lane> each = lanes.iterator(); each.hasNext(); ) {
            Lane lane = each.next();
            long due = go(lane);
            if (due == -1) {
                each.remove();
                lane.over();
            } else if (due != NEVER) {
                soonest = Math.min(soonest, Math.max(0, due - nanoTime.getAsLong()));
            }
        }
        return soonest;
    }

    private long go(Lane lane) {
        try {
            return lane.go(nanoTime.getAsLong());
        } catch (IOException e) {
            sessions.end(lane.session, "the reader is gone: " + e.getMessage());
            return -1;
        } catch (RuntimeException bug) { // is one reader's; the others are on this thread too
            sessions.end(lane.session, "a fault of this program: " + bug);
            return -1;
        }
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
    }
}
