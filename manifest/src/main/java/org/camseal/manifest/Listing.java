package org.camseal.manifest;

import java.security.MessageDigest;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/** One track of one group: what its manifest lists, and what has been found of it so far. A stretch without a manifest lists nothing. */
final class Listing {
    private final SealedTrack track;
    private final GroupDraft draft;
    private final @Nullable Coverage coverage;
    private final byte[] wholeDigests;
    private final BitSet present = new BitSet();
    private final BitSet verified = new BitSet();
    private long wrong;
    private long unvouched;
    private int lost;
    private int cutAtStart;
    private int cutAtEnd;
    private @Nullable Position hole;

    Listing(SealedTrack track, GroupDraft draft, @Nullable Coverage coverage) {
        this.track = track;
        this.draft = draft;
        this.coverage = coverage;
        this.wholeDigests = new byte[count() * Digest.LENGTH];
    }

    GroupDraft draft() {
        return draft;
    }

    int count() {
        return coverage == null ? 0 : coverage.count();
    }

    ShortDigest digest(int index) {
        if (coverage == null) {
            throw new IndexOutOfBoundsException(index);
        }
        return coverage.digest(index);
    }

    /** True if the number is listed at an index of {@code from} to {@code to} (exclusive) that nothing was found for yet. */
    boolean misses(long n, int from, int to) {
        long index = index(n);
        return index >= from && index < to && !present.get((int) index);
    }

    /** Where a number is listed; outside of 0 to count where it is not. */
    long index(long n) {
        return coverage == null ? -1 : n - coverage.first();
    }

    boolean isPresent(int index) {
        return present.get(index);
    }

    boolean isWhole() {
        return present.cardinality() == count();
    }

    boolean hasAny() {
        return !present.isEmpty() || wrong > 0;
    }

    long unvouchedCount() {
        return unvouched;
    }

    void verified(int index, Seen seen) {
        if (hole == null && index > present.length()) {
            hole = seen.unit();
        }
        present.set(index);
        verified.set(index);
        System.arraycopy(seen.digest().bytes(), 0, wholeDigests, index * Digest.LENGTH, Digest.LENGTH);
        draft.touch(seen.unit());
    }

    /** A package that is at fault, with the index it stands for, or -1. */
    void wrong(int index, Seen seen, Reason reason, String detail) {
        if (index >= 0) {
            present.set(index);
        }
        wrong++;
        draft.touch(seen.unit());
        draft.findings().forged(reason, detail, seen.position());
    }

    void unvouched(Seen seen) {
        unvouched++;
        draft.touch(seen.unit());
    }

    /** Index of the first entry something was found for; the count if there is none. */
    int firstPresent() {
        int first = present.nextSetBit(0);
        return first < 0 ? count() : first;
    }

    /** Index behind the last entry something was found for. */
    int endPresent() {
        return present.length();
    }

    /** Counts what is missing: before {@code from} and from {@code to} on it is cut off, in between it is lost. */
    void close(int from, int to) {
        int end = Math.max(from, to);
        cutAtStart = from - present.get(0, from).cardinality();
        cutAtEnd = count() - end - present.get(end, count()).cardinality();
        lost = end - from - present.get(from, end).cardinality();
    }

    /** Where the first lost package would have stood: its number, at the place the loss shows. */
    Position lossAt(Position otherwise) {
        long first = coverage == null ? 0 : coverage.first();
        int from = cutAtStart > 0 ? firstPresent() : 0;
        return (hole == null ? otherwise : hole).withN(first + present.nextClearBit(from));
    }

    SealedTrack track() {
        return track;
    }

    long lost() {
        return lost;
    }

    long cutAtStart() {
        return cutAtStart;
    }

    long cutAtEnd() {
        return cutAtEnd;
    }

    boolean isClean() {
        return wrong == 0 && isWhole();
    }

    void hashInto(MessageDigest root) {
        root.update(wholeDigests);
    }

    TrackCount toCount() {
        return new TrackCount(
                track, count(), verified.cardinality(), lost, (long) cutAtStart + cutAtEnd, wrong, unvouched);
    }
}
