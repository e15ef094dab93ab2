package org.camseal.streaming.server;

import java.io.IOException;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.camseal.streaming.Transport;
import org.camseal.streaming.server.SessionState.Ended;
import org.camseal.streaming.server.SessionState.Finished;
import org.camseal.streaming.server.SessionState.Init;
import org.camseal.streaming.server.SessionState.Playing;
import org.camseal.streaming.server.SessionState.Ready;
import org.jspecify.annotations.Nullable;

/** One reader's session with one stream: its state, and the pump that sends while it plays. */
final class Session {
    /** Who set it up: nobody else may control it. */
    record Owner(InetAddress address, String user) {}

    private final String id;
    private final Owner owner;
    private final String path;
    private final LiveStream stream;
    private final LongSupplier nanoTime;
    private final ReentrantLock lock = new ReentrantLock();
    private final ReentrantLock pumping = new ReentrantLock();
    private SessionState state = new Init();
    private long lostUnits;
    private volatile long lastSignNanos;

    Session(String id, Owner owner, String path, LiveStream stream, LongSupplier nanoTime) {
        this.id = id;
        this.owner = owner;
        this.path = path;
        this.stream = stream;
        this.nanoTime = nanoTime;
        this.lastSignNanos = nanoTime.getAsLong();
    }

    String id() {
        return id;
    }

    Owner owner() {
        return owner;
    }

    String path() {
        return path;
    }

    LiveStream stream() {
        return stream;
    }

    /** Notes a sign of life. When the stream is over there is nothing left to live for, whatever reports still come. */
    void touch() {
        if (!isFinished()) {
            lastSignNanos = nanoTime.getAsLong();
        }
    }

    /** Whether the stream is over, its reader was told, and has not said goodbye yet. */
    boolean isFinished() {
        return state() instanceof Finished;
    }

    long silentNanos() {
        return nanoTime.getAsLong() - lastSignNanos;
    }

    SessionState state() {
        lock.lock();
        try {
            return state;
        } finally {
            lock.unlock();
        }
    }

    /** Adds a track; false where the state does not allow it, or the track is set up already. */
    boolean setUp(TrackSender sender) {
        lock.lock();
        try {
            return switch (state) {
                case Init init -> become(new Ready(Map.of(sender.track().number(), sender)));
                case Ready ready -> {
                    Map<Integer, TrackSender> more = new HashMap<>(ready.senders());
                    yield more.putIfAbsent(sender.track().number(), sender) == null && become(new Ready(more));
                }
                case Playing playing -> false;
                case Finished finished -> false;
                case Ended ended -> false;
            };
        } finally {
            lock.unlock();
        }
    }

    private boolean become(SessionState next) {
        state = next;
        return true;
    }

    /** A reader needs a key picture of a source; counts while that is played to it. */
    void keyRequested(int ssrc) {
        if (state() instanceof Playing playing
                && playing.senders().values().stream().anyMatch(sender -> sender.ssrc() == ssrc)) {
            stream.requestKey();
        }
    }

    /** Starts to play; null where there is nothing to start: no track, playing already, or over. */
    @Nullable
    Playing play() {
        lock.lock();
        try {
            if (!(state instanceof Ready ready)) {
                return null;
            }
            Playing playing = new Playing(
                    ready.senders(), stream.subscribe(ready.senders().keySet()));
            state = playing;
            return playing;
        } finally {
            lock.unlock();
        }
    }

    /** Stops sending; playing again starts at a key unit. True unless no track is set up. */
    boolean pause() {
        lock.lock();
        try {
            return switch (state) {
                case Playing playing -> {
                    unsubscribe(playing);
                    yield become(new Ready(playing.senders()));
                }
                case Ready ready -> true;
                case Finished finished -> true;
                case Init init -> false;
                case Ended ended -> false;
            };
        } finally {
            lock.unlock();
        }
    }

    /** Notes that the stream is over. */
    private void finish(Playing playing) {
        lock.lock();
        try {
            if (state.equals(playing)) {
                unsubscribe(playing);
                lastSignNanos = nanoTime.getAsLong();
                state = new Finished(playing.senders());
            }
        } finally {
            lock.unlock();
        }
    }

    private void unsubscribe(Playing playing) {
        stream.unsubscribe(playing.subscription());
        lostUnits += playing.subscription().lostUnits();
    }

    /** Ends it; false where it was over already. */
    boolean end() {
        SessionState last;
        lock.lock();
        try {
            last = state;
            if (last instanceof Playing playing) {
                unsubscribe(playing);
            }
            state = new Ended();
        } finally {
            lock.unlock();
        }
        last.sendersNow().values().forEach(sender -> sender.carrier().close());
        return !(last instanceof Ended);
    }

    long lostUnits() {
        lock.lock();
        try {
            return lostUnits;
        } finally {
            lock.unlock();
        }
    }

    boolean isOver() {
        return state() instanceof Ended;
    }

    /** One wait for all tracks: a reader may stop at the first farewell, and wants the last packets of the others too. */
    private static void settle(Playing playing) throws InterruptedException {
        boolean overtakes = playing.senders().values().stream()
                .map(TrackSender::carrier)
                .anyMatch(carrier -> carrier.transport() == Transport.UDP);
        if (overtakes) {
            TimeUnit.NANOSECONDS.sleep(Carrier.Datagrams.SETTLE_NANOS);
        }
    }

    /**
     * Sends until the playback is over, or the stream is: then tells the reader. Where the session was paused and plays again, it waits
     * until the pump before has let go of the senders.
     *
     * @throws IOException where the reader is gone
     */
    void pump(Playing playing) throws IOException, InterruptedException {
        pumping.lockInterruptibly();
        try {
            Subscription subscription = playing.subscription();
            Pace pace = new Pace();
            for (Subscription.Taken taken = subscription.take(); taken != null; taken = subscription.take()) {
                TrackSender sender = playing.senders().get(taken.unit().track());
                if (sender != null) {
                    TimeUnit.NANOSECONDS.sleep(pace.delayNanos(taken.unit().presentation(), nanoTime.getAsLong()));
                    sender.send(taken);
                }
            }
            if (subscription.isCancelled()) {
                return;
            }
            settle(playing);
            for (TrackSender sender : playing.senders().values()) {
                sender.goodbye();
            }
            finish(playing);
        } finally {
            pumping.unlock();
        }
    }
}
