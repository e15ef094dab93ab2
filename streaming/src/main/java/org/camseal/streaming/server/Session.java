package org.camseal.streaming.server;

import java.io.IOException;
import java.net.InetAddress;
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
    /**
     * Who set it up: nobody else may control it.
     *
     * @param standing at that time
     */
    record Owner(InetAddress address, String user, Standing standing) {
        boolean isSameAs(Owner other) {
            return address.equals(other.address) && user.equals(other.user);
        }
    }

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
            SessionState more = state.with(sender);
            return more != null && become(more);
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
            return switch (state) {
                case Init _ -> {
                    if (!group.hold(this, described)) {
                        yield RtspStatus.KEY_MANAGEMENT_FAILURE;
                    }
                    state = new Enrolled(group, Set.of(track));
                    yield RtspStatus.OK;
                }
                case Enrolled enrolled -> {
                    Enrolled more = enrolled.with(group, track);
                    state = more == null ? enrolled : more;
                    yield more == null ? RtspStatus.METHOD_NOT_VALID_IN_THIS_STATE : RtspStatus.OK;
                }
                case Ready _, Playing _, Hearing _, Paused _, Finished _, Ended _ ->
                    RtspStatus.METHOD_NOT_VALID_IN_THIS_STATE;
            };
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
                hearing.leave(this);
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
            if (!state.mayReplay()) {
                return null;
            }
            Playing playing = new Playing(state.senders(), feed);
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
            SessionState stopped = state.stopped();
            if (stopped == null) {
                return false;
            }
            if (state instanceof Playing playing) {
                lostUnits += playing.leave(this);
            }
            return become(stopped);
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
            lostUnits += playing.leave(this);
            playing.release();
            lastSignNanos = nanoTime.getAsLong();
            return become(new Finished(playing.senders()));
        } finally {
            lock.unlock();
        }
    }

    /** Forgets where a replay stood: it begins elsewhere. */
    void dropPaused() {
        lock.lock();
        try {
            if (state instanceof Paused paused) {
                paused.release();
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

    /** Ends it; false where it was over already. */
    boolean end() {
        SessionState last;
        lock.lock();
        try {
            last = state;
            lostUnits += last.leave(this);
            state = new Ended();
        } finally {
            lock.unlock();
        }
        last.senders().values().forEach(sender -> sender.carrier().close());
        last.release();
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
