package org.camseal.viewer;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.camseal.recorder.GroupJudge;
import org.camseal.recorder.GroupVerdict;
import org.camseal.web.WebException;
import org.jspecify.annotations.Nullable;

/**
 * Judges what a camera sends as it arrives, as long as somebody looks at its timeline; that somebody is known by asking again. Reconnects
 * by itself.
 */
final class ArrivalWatch implements AutoCloseable {
    private static final Duration LOOKED_AT = Duration.ofMinutes(1);
    private static final Duration RETRY = Duration.ofSeconds(1);

    /** Told of what is found. */
    interface Listener {
        void arrived(GroupVerdict verdict);

        void reached(boolean reachable, String text);
    }

    private final String camera;
    private final RecorderClient recorder;
    private final GroupJudge judge;
    private final InstantSource clock;
    private final Listener listener;
    private volatile Instant lastWanted = Instant.MIN;
    private @Nullable Thread thread;
    private boolean closed;

    ArrivalWatch(String camera, RecorderClient recorder, GroupJudge judge, InstantSource clock, Listener listener) {
        this.camera = camera;
        this.recorder = recorder;
        this.judge = judge;
        this.clock = clock;
        this.listener = listener;
    }

    /** Somebody looks. */
    synchronized void wanted() {
        lastWanted = clock.instant();
        Thread running = thread;
        if (!closed && (running == null || !running.isAlive())) {
            thread = Thread.ofVirtual().name("watch " + camera).start(this::run);
        }
    }

    private boolean isWanted() {
        return Duration.between(lastWanted, clock.instant()).compareTo(LOOKED_AT) < 0;
    }

    private void run() {
        try {
            while (isWanted()) {
                try {
                    StreamCheck.follow(recorder, camera, judge, null, null, verdict -> {
                        listener.arrived(verdict);
                        if (!isWanted()) {
                            Thread.currentThread().interrupt();
                        }
                    });
                    listener.reached(true, "recorder connected");
                } catch (WebException | IOException unreachable) {
                    listener.reached(false, String.valueOf(unreachable.getMessage()));
                }
                Thread.sleep(RETRY);
            }
        } catch (InterruptedException done) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        Thread running = thread;
        if (running != null) {
            running.interrupt();
        }
    }
}
