package org.camseal.signing.validation;

import org.camseal.signing.wire.Digest;
import org.jspecify.annotations.Nullable;

/**
 * Where a claim's group lies among the waiting units.
 *
 * <p>{@code entries} has, for each unit from {@code first} to {@code last}, its place in the group, or one of the constants.
 */
final class Match {
    /** The group does not have this unit. */
    static final int STRANGE = -1;
    /** The group has this unit, but not here. */
    static final int ELSEWHERE = -2;
    /** The group has this unit once, and it was there before. */
    static final int AGAIN = -3;
    /** Of a type that the signer did not hash. */
    static final int UNCOVERED = -4;

    final int first;
    final int last;
    final int[] entries;
    /** Units that the group has. */
    final int size;
    /** The hash that the group's slices are bound to, where it is known. */
    final @Nullable Digest anchor;

    Match(int first, int last, int[] entries, int size, @Nullable Digest anchor) {
        this.first = first;
        this.last = last;
        this.entries = entries;
        this.size = size;
        this.anchor = anchor;
    }

    /** The place in the group of the last unit that is there; -1 if none is. */
    int lastEntry() {
        int place = -1;
        for (int entry : entries) {
            place = Math.max(place, entry);
        }
        return place < 0 ? -1 : place;
    }

    /** The same group, with units in front of it that are not what was signed. */
    Match withStrangeInFront(int count) {
        int[] more = new int[count + entries.length];
        java.util.Arrays.fill(more, 0, count, STRANGE);
        System.arraycopy(entries, 0, more, count, entries.length);
        return new Match(first - count, last, more, size, anchor);
    }
}
