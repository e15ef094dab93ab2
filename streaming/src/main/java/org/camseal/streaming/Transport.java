package org.camseal.streaming;

/** How RTP packets travel. */
public enum Transport {
    /** Interleaved in the RTSP connection (RFC 2326 section 10.12), inside TLS where that is used; nothing is lost on the way. */
    TCP,
    /** Unicast UDP, beside the RTSP connection and outside TLS; packets may be lost. */
    UDP,
    /** UDP to a group that all its readers share, where the server is set to do so (RFC 2326 section 12.39). Packets may be lost. */
    MULTICAST
}
