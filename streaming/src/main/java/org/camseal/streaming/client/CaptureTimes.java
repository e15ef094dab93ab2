package org.camseal.streaming.client;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.camseal.media.MediaTime;
import org.camseal.streaming.client.TrackReception.CaptureClock;
import org.camseal.streaming.rtp.Rtcp;
import org.jspecify.annotations.Nullable;

/**
 * UTC of RTP timestamps of one track: by the sender's last report, which says which timestamp belongs to which wall clock time (RFC 3550
 * section 6.4.1); before the first report, by this machine's clock at the arrival of the first packet. A replay states it with each unit.
 */
final class CaptureTimes {
    /** A sender whose clock was never set counts from 1970 or 1900: its reports say nothing of UTC. */
    private static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");

    /** Units wait in a receiver for a few packets at most. */
    private static final int MOST_STATED = 64;

    private record Mark(Instant instant, int timestamp) {}

    private final int clockHz;
    private final Map<Integer, Instant> stated = new LinkedHashMap<>();
    private @Nullable Mark arrival;
    private @Nullable Mark report;

    CaptureTimes(int clockHz) {
        this.clockHz = clockHz;
    }

    /** Notes the first packet's arrival. */
    void arrived(int timestamp, Instant now) {
        if (arrival == null) {
            arrival = new Mark(now, timestamp);
        }
    }

    void reported(Rtcp.SenderReport sender) {
        Instant instant = sender.ntp().toInstant();
        if (instant.isAfter(EARLIEST)) {
            report = new Mark(instant, sender.rtpTimestamp());
        }
    }

    /** Takes what a replay's packet says of its own unit: exact, whatever reports say. */
    void stated(int timestamp, Instant instant) {
        if (stated.size() >= MOST_STATED) {
            stated.remove(stated.keySet().iterator().next());
        }
        stated.put(timestamp, instant);
        report = new Mark(instant, timestamp);
    }

    /** Another source: its reports are still to come. */
    void reset() {
        arrival = null;
        report = null;
        stated.clear();
    }

    CaptureClock clock() {
        return report == null ? CaptureClock.ARRIVAL : CaptureClock.SENDER;
    }

    /** The UTC time of a timestamp, to the microsecond; after {@link #arrived}. */
    Instant at(int timestamp) {
        Instant exact = stated.get(timestamp);
        if (exact != null) {
            return exact;
        }
        Mark mark = report != null ? report : arrival;
        if (mark == null) {
            throw new IllegalStateException("no packet has arrived");
        }
        Duration since = new MediaTime(timestamp - mark.timestamp(), clockHz).toDuration();
        return mark.instant().plus(since);
    }
}
