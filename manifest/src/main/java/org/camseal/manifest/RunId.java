package org.camseal.manifest;

import java.util.random.RandomGenerator;

/** One start of a sender: 8 random bytes, new each time, so that counters of two starts are never mixed up. */
public final class RunId extends Octets {
    /** Bytes of a run id. */
    public static final int LENGTH = 8;

    private RunId(byte[] value) {
        super(value, LENGTH);
    }

    /** Copies 8 bytes. */
    public static RunId of(byte[] value) {
        return new RunId(value);
    }

    /** Draws a new one. */
    public static RunId random(RandomGenerator random) {
        byte[] value = new byte[LENGTH];
        random.nextBytes(value);
        return new RunId(value);
    }
}
