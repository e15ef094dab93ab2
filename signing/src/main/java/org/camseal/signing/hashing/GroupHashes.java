package org.camseal.signing.hashing;

import java.util.Arrays;
import java.util.Optional;
import org.camseal.signing.wire.Digest;
import org.camseal.signing.wire.HashAlgorithm;
import org.camseal.signing.wire.HashList;
import org.jspecify.annotations.Nullable;

/**
 * The hashes of one (partial) group while it grows, in stream order: slices and unsigned SEI (docs/spec/media-signing.md, section 5).
 * Confined to one thread.
 */
public final class GroupHashes {
    /** Most hashes of a group: its count has 16 bits. */
    public static final int MAX_COUNT = 0xffff;

    private static final int FIRST_CAPACITY = 64;

    private final HashAlgorithm algorithm;
    private byte[] entries;
    private int count;
    private @Nullable Digest firstSlice;

    public GroupHashes(HashAlgorithm algorithm) {
        this.algorithm = algorithm;
        this.entries = new byte[FIRST_CAPACITY * algorithm.size()];
    }

    /** Takes in the hash of a slice. */
    public void addSlice(Digest hash) {
        if (firstSlice == null) {
            firstSlice = hash;
        }
        add(hash);
    }

    /** Takes in the hash of an unsigned SEI. */
    public void addSei(Digest hash) {
        add(hash);
    }

    private void add(Digest hash) {
        int size = algorithm.size();
        if (hash.size() != size) {
            throw new IllegalArgumentException("a hash of " + hash.size() + " bytes; " + algorithm + " expected");
        }
        if (count == MAX_COUNT) {
            throw new IllegalStateException("a group of more than " + MAX_COUNT + " hashes");
        }
        if (entries.length < (count + 1) * size) {
            entries = Arrays.copyOf(entries, 2 * entries.length);
        }
        System.arraycopy(hash.bytes(), 0, entries, count * size, size);
        count++;
    }

    /** How many hashes there are, 0 to {@link #MAX_COUNT}. */
    public int count() {
        return count;
    }

    /** The hash of the first slice, which the next SEI has as its linked hash; empty as long as there is none. */
    public Optional<Digest> firstSlice() {
        return Optional.ofNullable(firstSlice);
    }

    /** All hashes so far. */
    public HashList list() {
        return HashList.of(Arrays.copyOf(entries, count * algorithm.size()), algorithm.size());
    }

    /** The group hash: over all hashes one behind the other; all zero without any. */
    public Digest groupHash() {
        return list().hash(algorithm);
    }

    /** Begins the next group. */
    public void clear() {
        count = 0;
        firstSlice = null;
    }
}
