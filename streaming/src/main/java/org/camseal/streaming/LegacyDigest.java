package org.camseal.streaming;

/**
 * Whether a login by Digest with MD5 (RFC 2069, RFC 2617) is taken beside SHA-256 (RFC 7616). ffmpeg 5.1, GStreamer 1.22 and most
 * cameras know MD5 only; whoever listens to such a login can try passwords faster, so it is off unless asked for by this name.
 */
public enum LegacyDigest {
    /** SHA-256 with qop=auth only. */
    REFUSED,
    /** MD5 too, also without qop, as old peers send it. */
    MD5
}
