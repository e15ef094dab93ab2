package org.camseal.streaming.client;

/** Whether a playback is to be SRTP. What is demanded is kept to: there is no falling back from one to the other. */
public enum SrtpDemand {
    /** RTP: inside TLS with rtsps. */
    NONE,
    /** SRTP with a key by MIKEY, inside TLS only. */
    MIKEY,
    /** SRTP with a key by MIKEY or, where there is none, by SDES (RFC 4568), inside TLS only. */
    MIKEY_OR_SDES
}
