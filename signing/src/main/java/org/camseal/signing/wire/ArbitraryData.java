package org.camseal.signing.wire;

import java.util.Arrays;

/** Bytes of a signer's own (docs/spec/media-signing.md, tag 7). Read, never written in production. Immutable. */
public final class ArbitraryData {
    private final byte[] bytes;

    private ArbitraryData(byte[] bytes) {
        this.bytes = bytes;
    }

    /** A copy of these bytes. */
    public static ArbitraryData of(byte[] bytes) {
        return new ArbitraryData(bytes.clone());
    }

    /** A copy. */
    public byte[] bytes() {
        return bytes.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ArbitraryData data && Arrays.equals(data.bytes, bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return bytes.length + " bytes of arbitrary data";
    }
}
