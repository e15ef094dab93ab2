package org.camseal.manifest;

/** Names a session key: the first 8 bytes of SHA-256 over its uncompressed public point. A name, not a proof. */
public final class SessionId extends Octets {
    /** Bytes of a session id. */
    public static final int LENGTH = 8;

    private SessionId(byte[] value) {
        super(value, LENGTH);
    }

    /** Copies 8 bytes. */
    public static SessionId of(byte[] value) {
        return new SessionId(value);
    }
}
