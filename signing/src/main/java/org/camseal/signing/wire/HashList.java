package org.camseal.signing.wire;

import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Objects;

/** Digests of one size, in stream order: those of a (partial) group (docs/spec/media-signing.md, tag 2). Immutable. */
public final class HashList {
    private final byte[] entries;
    private final int digestSize;

    private HashList(byte[] entries, int digestSize) {
        this.entries = entries;
        this.digestSize = digestSize;
    }

    /**
     * Digests one behind the other; takes the array over.
     *
     * @throws IllegalArgumentException if the array is not a whole number of digests of this size
     */
    public static HashList of(byte[] entries, int digestSize) {
        if (HashAlgorithm.ofSize(digestSize).isEmpty() || entries.length % digestSize != 0) {
            throw new IllegalArgumentException(entries.length + " bytes are no digests of " + digestSize + " bytes");
        }
        return new HashList(entries, digestSize);
    }

    /** How many digests. */
    public int count() {
        return entries.length / digestSize;
    }

    /** Bytes of each digest. */
    public int digestSize() {
        return digestSize;
    }

    /** The digest at an index, a copy. */
    public Digest get(int index) {
        Objects.checkIndex(index, count());
        return Digest.of(entries, index * digestSize, digestSize);
    }

    /** True if the digest at an index is this one; copies nothing. */
    public boolean matches(int index, Digest digest) {
        Objects.checkIndex(index, count());
        int from = index * digestSize;
        return Arrays.equals(entries, from, from + digestSize, digest.bytes(), 0, digest.size());
    }

    /** The hash of all digests one behind the other, as a group hash is made; all zero for an empty list. */
    public Digest hash(HashAlgorithm algorithm) {
        if (entries.length == 0) {
            return Digest.zero(algorithm);
        }
        MessageDigest digest = algorithm.newDigest();
        return Digest.of(digest.digest(entries));
    }

    /** All digests one behind the other; shared, never to be written to. */
    byte[] entries() {
        return entries;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof HashList list && list.digestSize == digestSize && Arrays.equals(list.entries, entries);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(entries);
    }

    @Override
    public String toString() {
        return count() + " digests of " + digestSize + " bytes";
    }
}
