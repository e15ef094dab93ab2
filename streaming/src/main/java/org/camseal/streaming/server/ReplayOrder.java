package org.camseal.streaming.server;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a PLAY of a recording asks for, understood.
 *
 * @param from where to begin
 * @param to behind the last moment, or against time the earliest; null for as far as the recording goes
 * @param way how units are sent
 * @param cseq of the request
 */
record ReplayOrder(Instant from, @Nullable Instant to, Way way, int cseq) {
    /** Who sets the speed. */
    enum RateControl {
        /** The server: units leave at the speed at which they were recorded. */
        YES,
        /** The reader: units leave as fast as it takes them. */
        NO
    }

    /** What happens where a range without end has reached what is being recorded now. */
    enum AtTheEnd {
        /** The playback goes on with what is recorded (ONVIF Streaming Specification, "Currently recording footage"). */
        GO_ON,
        /** The playback is over: the reader did not say that it knows how recordings are replayed. */
        STOP
    }

    /** Which pictures are sent (ONVIF Streaming Specification, "Frames header field"). */
    sealed interface Frames {
        /** All, and sound. */
        record All() implements Frames {}

        /** All, and sound, but pictures that are shown in front of one which was sent before them: they need a later one. */
        record Predicted() implements Frames {}

        /** Key pictures alone, no sound; at least so far apart. */
        record Intra(Duration every) implements Frames {}
    }

    /**
     * How fast it goes.
     *
     * @param scale how much of the recording is shown in a second (RFC 2326 section 12.34); -1 for group by group against time
     * @param speed how fast it is delivered, without a change of its times (section 12.35)
     */
    record Tempo(double scale, double speed) {
        static final Tempo ITS_OWN = new Tempo(1, 1);
        static final Tempo BACKWARDS = new Tempo(-1, 1);
    }

    /** How units are sent. */
    record Way(RateControl rateControl, Frames frames, AtTheEnd atTheEnd, Tempo tempo) {
        boolean isBackwards() {
            return tempo.scale() < 0;
        }
    }
}
