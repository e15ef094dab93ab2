package org.camseal.manifest;

import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;

/** A fixed number of public bytes with value equality: what identifiers and digests are made of. */
abstract sealed class Octets permits RunId, SessionId, Digest, Commitment {
    private final byte[] value;

    Octets(byte[] value, int length) {
        if (value.length != length) {
            throw new IllegalArgumentException(
                    getClass().getSimpleName() + " of " + value.length + " bytes; " + length + " expected");
        }
        this.value = value.clone();
    }

    /** A copy of the bytes. */
    public final byte[] bytes() {
        return value.clone();
    }

    @Override
    public final boolean equals(Object other) {
        return other instanceof Octets octets
                && octets.getClass() == getClass()
                && MessageDigest.isEqual(octets.value, value);
    }

    @Override
    public final int hashCode() {
        return Arrays.hashCode(value);
    }

    /** The bytes in hexadecimal. */
    @Override
    public final String toString() {
        return HexFormat.of().formatHex(value);
    }
}
