package org.camseal.streaming.server;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a PLAY of a recording asks for, understood.
 *
 * @param from where to begin
 * @param to behind the last moment; null for as far as the recording goes
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

    /**
     * How units are sent.
     *
     * @param intraEvery null for all units; else key pictures alone, at least so far apart
     */
    record Way(RateControl rateControl, @Nullable Duration intraEvery, AtTheEnd atTheEnd) {}
}
