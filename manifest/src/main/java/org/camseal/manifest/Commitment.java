package org.camseal.manifest;

/**
 * What binds a camera to one epoch key without showing it: 32 bytes, SHA-256 over a label, the epoch's names and the key. Whoever opens
 * refuses a key that does not match. Whoever has no key can pass it on and compare it, and learns nothing.
 */
public final class Commitment extends Octets {
    /** Bytes of a commitment. */
    public static final int LENGTH = 32;

    private Commitment(byte[] value) {
        super(value, LENGTH);
    }

    /** Copies 32 bytes. */
    public static Commitment of(byte[] value) {
        return new Commitment(value);
    }
}
