package org.camseal.camera;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.camseal.media.Track;
import org.camseal.streaming.server.RtspServerEvent;

/** Something its owner should know of a camera, for a log or a status page; nothing secret. */
public sealed interface CameraEvent {
    /** When it happened, UTC. */
    Instant at();

    /** In words, one line. */
    String text();

    /** The source gives units. */
    record SourceStarted(Instant at, String source, List<Track> tracks) implements CameraEvent {
        public SourceStarted {
            tracks = List.copyOf(tracks);
        }

        @Override
        public String text() {
            return source + " started: "
                    + String.join(
                            ", ",
                            tracks.stream()
                                    .map(track -> track.format().codec().name())
                                    .toList());
        }
    }

    /** The source gives nothing; it is tried again. */
    record SourceLost(Instant at, String cause, Duration retryIn) implements CameraEvent {
        @Override
        public String text() {
            return cause + "; trying again in " + retryIn.toMillis() + " ms";
        }
    }

    /** A stretch of time of which there is no picture, now that it is over. */
    record SourceGap(Instant from, Instant to, String cause) implements CameraEvent {
        @Override
        public Instant at() {
            return to;
        }

        @Override
        public String text() {
            return "no picture from " + from + " to " + to + ": " + cause;
        }
    }

    /** The source is over and does not come again. */
    record SourceEnded(Instant at, String source) implements CameraEvent {
        @Override
        public String text() {
            return source + " is over";
        }
    }

    /** The source can never work as it is set; the camera stands still. */
    record SourceUnusable(Instant at, String cause) implements CameraEvent {
        @Override
        public String text() {
            return cause;
        }
    }

    /**
     * Units that were not sent, because they could not be sealed.
     *
     * @param from capture time of the first
     * @param to capture time of the last so far
     * @param count how many
     */
    record UnitsDropped(Instant at, Instant from, Instant to, long count, String cause) implements CameraEvent {
        @Override
        public String text() {
            return count + " unit(s) from " + from + " to " + to + " dropped, not sent: " + cause;
        }
    }

    /** Pictures are sealed without a signature of this camera inside. */
    record NotSigned(Instant at, String cause) implements CameraEvent {
        @Override
        public String text() {
            return "not signed by this camera: " + cause;
        }
    }

    /** Another key signs the video from now on; the stream began anew for it. */
    record SignerChanged(Instant at, String signer) implements CameraEvent {
        @Override
        public String text() {
            return "the video is signed by " + signer + " from now on; the stream began anew";
        }
    }

    /** The stream has stopped for good, because nothing can be sealed any more or by a fault in this program; nothing is sent. */
    record Stopped(Instant at, String cause) implements CameraEvent {
        /** A bug, found at this moment. */
        static Stopped byFault(Instant at, Throwable fault) {
            return new Stopped(at, "a fault of this program: " + fault);
        }

        @Override
        public String text() {
            return "the stream has stopped: " + cause;
        }
    }

    /** What happened at the RTSP server. */
    record Reader(Instant at, RtspServerEvent event) implements CameraEvent {
        @Override
        public String text() {
            return event.toString();
        }
    }
}
