package org.camseal.bench.streaming;

import java.util.Locale;
import org.camseal.streaming.srtp.SrtpProfile;

/** How a stream reaches its clients. */
public enum Way {
    /** RTP by UDP. */
    UDP("UDP", ""),
    /** RTP inside the RTSP connection, without TLS. */
    TCP("TCP", ""),
    /** SRTP by UDP, the dialogue inside TLS: the one profile that GStreamer's server knows. */
    SRTP("SRTP by UDP, " + SrtpProfile.AES_CM_128_HMAC_SHA1_80, SrtpProfile.AES_CM_128_HMAC_SHA1_80.name()),
    /** The same with the cheaper cipher; of ours alone. */
    GCM("SRTP by UDP, " + SrtpProfile.AEAD_AES_128_GCM, SrtpProfile.AEAD_AES_128_GCM.name());

    private final String label;
    private final String profile;

    Way(String label, String profile) {
        this.label = label;
        this.profile = profile;
    }

    String label() {
        return label;
    }

    boolean isSecure() {
        return !profile.isEmpty();
    }

    /** What our server is asked for. */
    String query() {
        return isSecure() ? "?srtp=" + profile : "";
    }

    /** The transport of a SETUP request, without its ports or channels. */
    String transport() {
        return switch (this) {
            case UDP -> "RTP/AVP;unicast";
            case TCP -> "RTP/AVP/TCP;unicast";
            case SRTP, GCM -> "RTP/SAVP;unicast";
        };
    }

    /** As a command line names it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
