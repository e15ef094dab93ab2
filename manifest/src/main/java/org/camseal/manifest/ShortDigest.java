package org.camseal.manifest;

import java.nio.ByteBuffer;
import java.util.HexFormat;

/**
 * A digest as manifests list it: the first 16 bytes of SHA-256, held in two longs because many wait at a time. Ascending order is that of
 * the bytes.
 *
 * @param high bytes 0 to 7, big endian
 * @param low bytes 8 to 15, big endian
 */
public record ShortDigest(long high, long low) implements Comparable<ShortDigest> {
    /** The short form of a digest. */
    public static ShortDigest of(Digest digest) {
        return at(ByteBuffer.wrap(digest.bytes()), 0);
    }

    static ShortDigest at(ByteBuffer bytes, int offset) {
        return new ShortDigest(bytes.getLong(offset), bytes.getLong(offset + 8));
    }

    /** The 16 bytes. */
    public byte[] bytes() {
        return ByteBuffer.allocate(Digest.SHORT_LENGTH)
                .putLong(high)
                .putLong(low)
                .array();
    }

    @Override
    public int compareTo(ShortDigest other) {
        int byHigh = Long.compareUnsigned(high, other.high);
        return byHigh != 0 ? byHigh : Long.compareUnsigned(low, other.low);
    }

    /** The bytes in hexadecimal. */
    @Override
    public String toString() {
        return HexFormat.of().toHexDigits(high) + HexFormat.of().toHexDigits(low);
    }
}
