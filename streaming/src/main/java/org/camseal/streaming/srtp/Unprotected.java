package org.camseal.streaming.srtp;

/** What came of a protected packet. */
public sealed interface Unprotected {
    /**
     * It is authentic and new.
     *
     * @param length bytes of the packet in clear, from the start of the array that was given
     */
    record Clear(int length) implements Unprotected {}

    /** It is none of ours, and must be thrown away; what the array holds now has no meaning. */
    record Refused(Reason reason) implements Unprotected {}

    /** Why a packet is refused. */
    enum Reason {
        /** Shorter than a header and a tag, or its header passes its end. */
        MALFORMED,
        /** Its master key identifier names no key that is known. */
        UNKNOWN_KEY,
        /** Its tag does not match: altered, or under another key. */
        NOT_AUTHENTIC,
        /** It was there before, or is older than the replay window (RFC 3711 section 3.3.2). */
        REPLAYED,
        /** A control packet that is authentic but was sent in clear. */
        NOT_ENCRYPTED,
        /** More sources than a session may have. */
        TOO_MANY_SOURCES
    }
}
