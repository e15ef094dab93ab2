package org.camseal.signing.wire;

import java.util.Arrays;
import java.util.HexFormat;

/** A hash value of 32, 48 or 64 bytes; immutable. Nothing secret: equality is not constant in time. */
public final class Digest {
    private final byte[] bytes;

    private Digest(byte[] bytes) {
        if (HashAlgorithm.ofSize(bytes.length).isEmpty()) {
            throw new IllegalArgumentException("a digest of " + bytes.length + " bytes; 32, 48 or 64 expected");
        }
        this.bytes = bytes;
    }

    /** Takes the array over: it must not be written to again. */
    public static Digest of(byte[] bytes) {
        return new Digest(bytes);
    }

    /** A copy of a part of an array. */
    public static Digest of(byte[] source, int from, int size) {
        return new Digest(Arrays.copyOfRange(source, from, from + size));
    }

    /** All bytes zero: what stands where there is nothing to hash. */
    public static Digest zero(HashAlgorithm algorithm) {
        return new Digest(new byte[algorithm.size()]);
    }

    /** Bytes: 32, 48 or 64. */
    public int size() {
        return bytes.length;
    }

    /** The bytes; shared, never to be written to. */
    public byte[] bytes() {
        return bytes;
    }

    /** True if all bytes are zero. */
    public boolean isZero() {
        for (byte b : bytes) {
            if (b != 0) {
                return false;
            }
        }
        return true;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Digest digest && Arrays.equals(digest.bytes, bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** In hexadecimal digits. */
    @Override
    public String toString() {
        return HexFormat.of().formatHex(bytes);
    }
}
