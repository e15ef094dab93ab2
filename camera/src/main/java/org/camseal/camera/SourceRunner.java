package org.camseal.camera;

import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import org.camseal.media.AccessUnit;
import org.camseal.media.VideoUnit;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a source going: opens it, hands its units on, and when it breaks tries again, ever more slowly up to a bound, until it is
 * interrupted. The time without pictures is stated as a gap when it is over. Runs in one thread.
 */
final class SourceRunner {
    /** Starts a source once. */
    interface Opener {
        SourceSession open(LiveClock clock) throws SourceException, InterruptedException;
    }

    /** Why {@link #run} came to its end. */
    sealed interface Outcome {
        /** The source is over. */
        record Ended() implements Outcome {}

        /** The source never gave a unit and never will as it is, or nothing can be done with its units. */
        record Failed(String cause) implements Outcome {}
    }

    /** No camera sends key pictures more rarely than this; without one nothing can be shown. */
    private static final Duration MAX_WAIT_FOR_KEY = Duration.ofSeconds(30);

    private final String name;
    private final Opener opener;
    private final LiveClock clock;
    private final Backoff backoff;
    private final UnitSink sink;
    private final Consumer<CameraEvent> events;
    private final TimeLine timeLine = new TimeLine();
    private int failures;
    private @Nullable String cause;
    private @Nullable Instant lostAt;
    private volatile @Nullable SourceSession current;

    SourceRunner(
            String name, Opener opener, LiveClock clock, Backoff backoff, UnitSink sink, Consumer<CameraEvent> events) {
        this.name = name;
        this.opener = opener;
        this.clock = clock;
        this.backoff = backoff;
        this.sink = sink;
        this.events = events;
    }

    /** Runs until the source is over for good. */
    Outcome run() throws InterruptedException {
        while (true) {
            try {
                runOnce();
                events.accept(new CameraEvent.SourceEnded(clock.instant(), name));
                return new Outcome.Ended();
            } catch (SourceException e) {
                String message = String.valueOf(e.getMessage());
                if (e instanceof SourceException.Unusable && timeLine.lastCapture() == null) {
                    events.accept(new CameraEvent.SourceUnusable(clock.instant(), message));
                    return new Outcome.Failed(message);
                }
                waitAfter(message);
            } catch (UnitSink.Impossible e) {
                String message = String.valueOf(e.getMessage());
                events.accept(new CameraEvent.Stopped(clock.instant(), message));
                return new Outcome.Failed(message);
            }
        }
    }

    private void runOnce() throws SourceException, InterruptedException, UnitSink.Impossible {
        try (SourceSession session = opener.open(clock)) {
            current = session;
            sink.begin(session.tracks());
            timeLine.newSession();
            Duration began = clock.uptime();
            boolean started = false;
            for (AccessUnit unit = session.next(); unit != null; unit = session.next()) {
                Duration passed = clock.uptime().minus(began);
                if (!started) {
                    if (!(unit instanceof VideoUnit picture && picture.isKey())) {
                        checkWait(passed);
                        continue;
                    }
                    started = true;
                    events.accept(new CameraEvent.SourceStarted(clock.instant(), name, session.tracks()));
                    stateGap(unit.capturedAt());
                }
                if (failures > 0 && passed.compareTo(backoff.most()) > 0) {
                    // Only what has lasted counts as mended; a source that breaks at once is not tried faster and
                    // faster.
                    failures = 0;
                }
                sink.take(timeLine.place(unit));
            }
        } finally {
            current = null;
        }
    }

    /** Asks the source for a key picture, if it is there and can make one. From any thread. */
    void requestKey() {
        SourceSession session = current;
        if (session != null) {
            session.requestKey();
        }
    }

    /** Sound and pictures in front of the first key picture are of no use to anybody. */
    private void checkWait(Duration passed) throws SourceException.Lost {
        if (passed.compareTo(MAX_WAIT_FOR_KEY) > 0) {
            throw new SourceException.Lost(name + ": no key picture for " + passed.toSeconds()
                    + " s; set the camera to send one every few seconds");
        }
    }

    private void stateGap(Instant resumed) {
        if (cause != null && lostAt != null) {
            events.accept(new CameraEvent.SourceGap(lostAt, resumed, cause));
        }
        cause = null;
        lostAt = null;
    }

    private void waitAfter(String message) throws InterruptedException {
        failures++;
        if (cause == null) {
            cause = message;
            Instant last = timeLine.lastCapture();
            lostAt = last == null ? clock.instant() : last;
        }
        Duration wait = backoff.after(failures);
        events.accept(new CameraEvent.SourceLost(clock.instant(), message, wait));
        clock.sleep(wait);
    }
}
