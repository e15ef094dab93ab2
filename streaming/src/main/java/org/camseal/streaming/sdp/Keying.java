package org.camseal.streaming.sdp;

import java.util.Optional;

/**
 * How a description keys a track's packets. Prints without the keys.
 *
 * @param secure whether the track is SRTP (RTP/SAVP)
 * @param keyManagement value of {@code a=key-mgmt}, of the medium or else of the session
 * @param crypto value of the first {@code a=crypto}
 */
public record Keying(boolean secure, Optional<String> keyManagement, Optional<String> crypto) {
    @Override
    public String toString() {
        return secure ? "SRTP" : "RTP";
    }
}
