package org.camseal.streaming.client;

import java.time.Duration;

/**
 * How well one track arrives, since the start of the playback.
 *
 * @param track its number
 * @param packets received and used
 * @param lostPackets never arrived, or arrived after the reorder window
 * @param malformedPackets arrived, but broke a rule of their payload format, or as SRTP were not authentic or not new, and were thrown away
 * @param damagedUnits access units that were handed on without some of their NAL units, or not at all
 * @param jitter of the arrival (RFC 3550 section 6.4.1)
 * @param clock where {@code capturedAt} comes from now
 */
public record TrackReception(
        int track,
        long packets,
        long lostPackets,
        long malformedPackets,
        long damagedUnits,
        Duration jitter,
        CaptureClock clock) {
    /** Where the UTC time of a unit comes from. */
    public enum CaptureClock {
        /** From this machine's clock at arrival: the sender has not reported its own yet. */
        ARRIVAL,
        /** From the sender's RTCP reports (RFC 3550 section 6.4.1). */
        SENDER
    }
}
