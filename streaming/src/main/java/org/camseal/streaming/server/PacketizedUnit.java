package org.camseal.streaming.server;

import java.time.Instant;
import java.util.List;
import org.camseal.media.MediaTime;
import org.camseal.streaming.rtp.RtpPayload;

/**
 * A unit cut into payloads once, for all readers.
 *
 * @param weight whether decoding can start here
 * @param presentation on the clock of the track
 */
record PacketizedUnit(
        int track,
        Weight weight,
        MediaTime presentation,
        Instant capturedAt,
        List<RtpPayload> payloads,
        int sizeBytes) {
    enum Weight {
        KEY,
        ORDINARY
    }
}
