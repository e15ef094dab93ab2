package org.camseal.streaming.client;

import java.time.Duration;
import java.time.Instant;
import org.camseal.media.MediaTime;
import org.camseal.streaming.client.TrackReception.CaptureClock;
import org.camseal.streaming.rtp.Rtcp;
import org.jspecify.annotations.Nullable;

/**
 * UTC of RTP timestamps of one track: by the sender's last report, which says which timestamp belongs to which wall clock time (RFC 3550
 * section 6.4.1); before the first report, by this machine's clock at the arrival of the first packet.
 */
final class CaptureTimes {
    /** A sender whose clock was never set counts from 1970 or 1900: its reports say nothing of UTC. */
    private static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");

    private record Mark(Instant instant, int timestamp) {}

    private final int clockHz;
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

    /** Another source: its reports are still to come. */
    void reset() {
        arrival = null;
        report = null;
    }

    CaptureClock clock() {
        return report == null ? CaptureClock.ARRIVAL : CaptureClock.SENDER;
    }

    /** The UTC time of a timestamp, to the microsecond; after {@link #arrived}. */
    Instant at(int timestamp) {
        Mark mark = report != null ? report : arrival;
        if (mark == null) {
            throw new IllegalStateException("no packet has arrived");
        }
        Duration since = new MediaTime(timestamp - mark.timestamp(), clockHz).toDuration();
        return mark.instant().plus(since);
    }
}
