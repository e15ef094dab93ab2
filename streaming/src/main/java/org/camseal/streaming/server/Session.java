package org.camseal.streaming.server;

import java.io.IOException;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.camseal.streaming.rtsp.RtspStatus;
import org.camseal.streaming.server.SessionState.Ended;
import org.camseal.streaming.server.SessionState.Enrolled;
import org.camseal.streaming.server.SessionState.Finished;
import org.camseal.streaming.server.SessionState.Hearing;
import org.camseal.streaming.server.SessionState.Init;
import org.camseal.streaming.server.SessionState.Paused;
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
    private final Mounted stream;
    private final LongSupplier nanoTime;
    private final long startNanos;
    private final ReentrantLock lock = new ReentrantLock();
    private final ReentrantLock pumping = new ReentrantLock();
    private SessionState state = new Init();
    private long lostUnits;
    private volatile long lastSignNanos;

    Session(String id, Owner owner, String path, Mounted stream, LongSupplier nanoTime) {
        this.id = id;
        this.owner = owner;
        this.path = path;
        this.stream = stream;
        this.nanoTime = nanoTime;
        this.startNanos = nanoTime.getAsLong();
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

    Mounted stream() {
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
                case Enrolled enrolled -> false;
                case Hearing hearing -> false;
                case Paused paused -> false;
                case Finished finished -> false;
                case Ended ended -> false;
            };
        } finally {
            lock.unlock();
        }
    }

    /**
     * Adds a track of a group, and keeps the group as it is until this session ends. A session has one group, or senders of its own.
     *
     * @param described what its connection was told of the group
     * @return 200, 455 where the state does not allow it, 463 where the group's key is another by now
     */
    RtspStatus enrol(MulticastGroup group, int track, MulticastGroup.@Nullable Generation described) {
        lock.lock();
        try {
            switch (state) {
                case Init init -> {
                    if (!group.hold(this, described)) {
                        return RtspStatus.KEY_MANAGEMENT_FAILURE;
                    }
                    state = new Enrolled(group, Set.of(track));
                    return RtspStatus.OK;
                }
                case Enrolled enrolled -> {
                    Set<Integer> more = new HashSet<>(enrolled.tracks());
                    if (enrolled.group() == group && more.add(track)) {
                        state = new Enrolled(group, more);
                        return RtspStatus.OK;
                    }
                    return RtspStatus.METHOD_NOT_VALID_IN_THIS_STATE;
                }
                case Ready ready -> {}
                case Playing playing -> {}
                case Hearing hearing -> {}
                case Paused paused -> {}
                case Finished finished -> {}
                case Ended ended -> {}
            }
            return RtspStatus.METHOD_NOT_VALID_IN_THIS_STATE;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Has the group sent for it too, from now on; false where it is enrolled in none.
     *
     * @throws IOException where the group cannot be sent to
     */
    boolean hear() throws IOException {
        lock.lock();
        try {
            if (state instanceof Enrolled enrolled) {
                enrolled.group().send();
                state = new Hearing(enrolled.group(), enrolled.tracks());
            }
            return state instanceof Hearing;
        } finally {
            lock.unlock();
        }
    }

    /** Notes that the group's stream is over. */
    void groupIsOver() {
        lock.lock();
        try {
            if (state instanceof Hearing hearing) {
                hearing.group().leave(this);
                lastSignNanos = nanoTime.getAsLong();
                state = new Finished(Map.of());
            }
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
        if (stream instanceof LiveStream live
                && state() instanceof Playing playing
                && playing.senders().values().stream().anyMatch(sender -> sender.ssrc() == ssrc)) {
            live.requestKey();
        }
    }

    /** Starts to play what is live; null where there is nothing to start: no track, playing already, or over. */
    @Nullable
    Playing play(LiveStream live) {
        lock.lock();
        try {
            if (!(state instanceof Ready ready)) {
                return null;
            }
            Playing playing =
                    new Playing(ready.senders(), live.subscribe(ready.senders().keySet()));
            state = playing;
            return playing;
        } finally {
            lock.unlock();
        }
    }

    /** Starts to replay, or goes on with it; null where no track is set up, it is playing already, or it is over. */
    @Nullable
    Playing replay(ReplayFeed feed) {
        lock.lock();
        try {
            boolean stands = switch (state) {
                case Ready ready -> true;
                case Paused paused -> true;
                case Finished finished -> true;
                case Init init -> false;
                case Playing playing -> false;
                case Enrolled enrolled -> false;
                case Hearing hearing -> false;
                case Ended ended -> false;
            };
            if (!stands) {
                return null;
            }
            Playing playing = new Playing(state.sendersNow(), feed);
            state = playing;
            lastSignNanos = nanoTime.getAsLong(); // not counted when it came, if the range before was over
            return playing;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Stops sending: what is live starts again at a key unit, a replay goes on where it was, of which nothing more is sent when this returns.
     * True unless no track is set up.
     */
    boolean pause() {
        boolean stopped = stop();
        if (stream instanceof LiveStream) {
            return stopped;
        }
        pumping.lock(); // which the pump holds until it has let go
        try {
            return stopped;
        } finally {
            pumping.unlock();
        }
    }

    private boolean stop() {
        lock.lock();
        try {
            return switch (state) {
                case Playing playing -> {
                    leave(playing);
                    yield become(
                            playing.feed() instanceof ReplayFeed feed
                                    ? new Paused(playing.senders(), feed)
                                    : new Ready(playing.senders()));
                }
                case Hearing hearing -> true;
                case Ready ready -> true;
                case Enrolled enrolled -> true;
                case Paused paused -> true;
                case Finished finished -> true;
                case Init init -> false;
                case Ended ended -> false;
            };
        } finally {
            lock.unlock();
        }
    }

    /** Notes that the stream is over; false where the reader paused or left before. */
    private boolean finish(Playing playing) {
        lock.lock();
        try {
            if (!state.equals(playing)) {
                return false;
            }
            leave(playing);
            release(playing.feed());
            lastSignNanos = nanoTime.getAsLong();
            return become(new Finished(playing.senders()));
        } finally {
            lock.unlock();
        }
    }

    private void leave(Playing playing) {
        playing.feed().cancel();
        if (stream instanceof LiveStream live && playing.feed() instanceof Subscription subscription) {
            live.unsubscribe(subscription);
        }
        lostUnits += playing.feed().lostUnits();
    }

    /** Forgets where a replay stood: it begins elsewhere. */
    void dropPaused() {
        lock.lock();
        try {
            if (state instanceof Paused paused) {
                release(paused.feed());
                state = new Ready(paused.senders());
            }
        } finally {
            lock.unlock();
        }
    }

    /** How long it has been there. */
    long ageNanos() {
        return nanoTime.getAsLong() - startNanos;
    }

    private static void release(Feed feed) {
        if (feed instanceof ReplayFeed replay) {
            replay.cursor().close();
        }
    }

    /** Ends it; false where it was over already. */
    boolean end() {
        SessionState last;
        lock.lock();
        try {
            last = state;
            if (last instanceof Playing playing) {
                leave(playing);
            } else if (last instanceof Hearing hearing) {
                hearing.group().leave(this);
            } else if (last instanceof Enrolled enrolled) {
                enrolled.group().leave(this);
            }
            state = new Ended();
        } finally {
            lock.unlock();
        }
        last.sendersNow().values().forEach(sender -> sender.carrier().close());
        if (last instanceof Playing playing) {
            release(playing.feed());
        } else if (last instanceof Paused paused) {
            release(paused.feed());
        }
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

    /**
     * Sends until the playback is over, or the stream is: then tells the reader. Where the session was paused and plays again, it waits
     * until the pump before has let go of the senders.
     *
     * @throws IOException where the reader is gone
     */
    void pump(Playing playing) throws IOException, InterruptedException {
        pumping.lockInterruptibly();
        try {
            if (Pump.run(playing.feed(), playing.senders(), nanoTime)) {
                sayGoodbye(playing);
            }
        } finally {
            pumping.unlock();
        }
    }

    /** Tells the reader that the stream is over; noted before, so that whoever hears it may play another range at once. */
    void sayGoodbye(Playing playing) throws IOException {
        if (finish(playing)) {
            Pump.sayGoodbye(playing.senders());
        }
    }

    /** Takes the senders for the calling thread, where no other pump has them. */
    boolean takePump() {
        return pumping.tryLock();
    }

    void releasePump() {
        pumping.unlock();
    }
}
