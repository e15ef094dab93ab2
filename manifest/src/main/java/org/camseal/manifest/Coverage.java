package org.camseal.manifest;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The packages of one track that a manifest covers: consecutive numbers and a digest each. Immutable.
 */
public final class Coverage {
    /** Packages a track can have in one manifest. */
    public static final int MAX_COUNT = 16_384;

    private final SealedTrack track;
    private final long first;
    private final byte[] digests;

    /**
     * Copies the digests.
     *
     * @param first number of the first package
     * @param digests 16 bytes per package, in order of the numbers
     */
    public Coverage(SealedTrack track, long first, byte[] digests) {
        int count = digests.length / Digest.SHORT_LENGTH;
        if (digests.length % Digest.SHORT_LENGTH != 0 || count < 1 || count > MAX_COUNT) {
            throw new IllegalArgumentException(
                    "digests of " + digests.length + " bytes; 16 bytes for 1 to " + MAX_COUNT + " packages expected");
        }
        if (first < 0 || first + count > 0x1_0000_0000L) {
            throw new IllegalArgumentException(
                    "packages from " + first + ", " + count + " of them; below 2^32 expected");
        }
        this.track = track;
        this.first = first;
        this.digests = digests.clone();
    }

    public SealedTrack track() {
        return track;
    }

    /** Number of the first package. */
    public long first() {
        return first;
    }

    /** How many packages, at least 1. */
    public int count() {
        return digests.length / Digest.SHORT_LENGTH;
    }

    /** The digests one after the other, a copy. */
    public byte[] digests() {
        return digests.clone();
    }

    ShortDigest digest(int index) {
        return ShortDigest.at(ByteBuffer.wrap(digests), index * Digest.SHORT_LENGTH);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Coverage coverage
                && coverage.track == track
                && coverage.first == first
                && Arrays.equals(coverage.digests, digests);
    }

    @Override
    public int hashCode() {
        return 31 * Long.hashCode(first) + Arrays.hashCode(digests);
    }

    @Override
    public String toString() {
        return track + " packages " + first + " to " + (first + count() - 1);
    }
}
