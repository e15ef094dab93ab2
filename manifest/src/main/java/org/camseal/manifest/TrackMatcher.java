package org.camseal.manifest;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Lays the packages of one track, in the order they come, beside the lists of the manifests, in the order of the manifests. A package that
 * is listed is found by its digest; one that is not is explained by its neighbours: altered if it stands where a listed one is missing and
 * has its number, without a voucher if a manifest is missing there, inserted otherwise.
 */
final class TrackMatcher {
    private final SealedTrack track;
    private final Deque<Listing> open = new ArrayDeque<>();
    private final Map<ShortDigest, Slot> index = new HashMap<>();
    private Deque<Seen> waiting = new ArrayDeque<>();
    private @Nullable Slot last;
    private boolean started;

    /** A listed package's place: index 0 to count; count stands for "behind all". */
    private record Slot(Listing listing, int index) {
        boolean isAfter(@Nullable Slot other) {
            if (other == null) {
                return true;
            }
            long mine = listing.draft().ordinal();
            long theirs = other.listing.draft().ordinal();
            return mine != theirs ? mine > theirs : index > other.index;
        }
    }

    TrackMatcher(SealedTrack track) {
        this.track = track;
    }

    /** A package comes by. */
    void seen(Seen seen) {
        Slot slot = index.get(seen.key());
        if (slot == null) {
            waiting.add(seen);
            return;
        }
        if (slot.listing.isPresent(slot.index)) {
            slot.listing.wrong(-1, seen, Reason.DUPLICATED, "package " + seen.n() + " is there again");
        } else if (!slot.isAfter(last)) {
            slot.listing.wrong(
                    slot.index, seen, Reason.REORDERED, "package " + seen.n() + " stands behind a later one");
        } else {
            explain(waiting, slot);
            slot.listing.verified(slot.index, seen);
            last = slot;
        }
    }

    /** A manifest comes by: its list is laid beside what waits. */
    void open(Listing listing) {
        open.add(listing);
        for (int i = 0; i < listing.count(); i++) {
            index.putIfAbsent(listing.digest(i), new Slot(listing, i));
        }
        Deque<Seen> again = waiting;
        waiting = new ArrayDeque<>();
        again.forEach(this::seen);
    }

    /** No more is to come for this list from those that waited before a manifest of that stamp: explains them. */
    void settle(Listing listing, long stamp) {
        Deque<Seen> early = new ArrayDeque<>();
        while (!waiting.isEmpty() && waiting.getFirst().stamp() < stamp) {
            early.add(waiting.removeFirst());
        }
        explain(early, new Slot(listing, listing.count()));
    }

    /** Explains packages that are in no list, and stand right in front of a slot; leaves the queue empty. */
    private void explain(Deque<Seen> unlisted, Slot next) {
        Listing listing = next.listing;
        int bound = next.index;
        while (!unlisted.isEmpty()) {
            Seen seen = unlisted.removeLast();
            if (listing.misses(seen.n(), from(listing), bound)) {
                bound = (int) listing.index(seen.n());
                listing.wrong(bound, seen, Reason.ALTERED, "package " + seen.n() + " is not what its manifest lists");
                continue;
            }
            Listing earlier = listing.draft().gap() == null ? before(listing) : null;
            GroupDraft gap = gapBehindLast(listing);
            if (earlier != null && earlier.misses(seen.n(), from(earlier), earlier.count())) {
                listing = earlier;
                bound = (int) listing.index(seen.n());
                listing.wrong(bound, seen, Reason.ALTERED, "package " + seen.n() + " is not what its manifest lists");
            } else if (gap != null) {
                // From here back they belong to groups whose manifests are missing.
                started = true;
                gap.listing(track).unvouched(seen);
                unlisted.forEach(gap.listing(track)::unvouched);
                unlisted.clear();
            } else {
                listing.wrong(-1, seen, Reason.INSERTED, "package " + seen.n() + " is in no manifest's list");
            }
        }
    }

    /** The latest gap between the last package found and a list. */
    private @Nullable GroupDraft gapBehindLast(Listing listing) {
        GroupDraft gap = null;
        for (Listing candidate : open) {
            boolean isBehind = last == null
                    || candidate.draft().ordinal() > last.listing.draft().ordinal();
            if (isBehind && candidate.draft().gap() != null) {
                gap = candidate.draft().gap();
            }
            if (candidate == listing) {
                break;
            }
        }
        return gap;
    }

    /** First index of a listing that lies behind the last package found. */
    private int from(Listing listing) {
        if (last == null || listing.draft().ordinal() > last.listing.draft().ordinal()) {
            return 0;
        }
        return listing == last.listing ? last.index + 1 : listing.count();
    }

    private @Nullable Listing before(Listing listing) {
        Listing earlier = null;
        for (Listing candidate : open) {
            if (candidate == listing) {
                return earlier;
            }
            earlier = candidate;
        }
        return null;
    }

    /**
     * True if nothing more can come for the list, or for the gap in front of it, in order: all is there, or a later list's packages have
     * begun.
     */
    boolean isPast(Listing listing) {
        if (last != null && last.listing.draft().ordinal() > listing.draft().ordinal()) {
            return true;
        }
        boolean mayHaveGap =
                listing.draft().gap() != null && listing.count() == 0 && (last != null || !waiting.isEmpty());
        return listing.isWhole() && !mayHaveGap;
    }

    /** Takes a list off. What its track's packages have not reached yet counts as cut off where {@code mayBeCut}, else as lost. */
    void close(Listing listing, boolean mayBeCut) {
        int from = mayBeCut && !started ? listing.firstPresent() : 0;
        close(listing, from, listing.count());
    }

    private void close(Listing listing, int from, int to) {
        listing.close(from, to);
        started |= listing.hasAny();
        open.remove(listing);
        for (int i = 0; i < listing.count(); i++) {
            Slot slot = index.get(listing.digest(i));
            if (slot != null && slot.listing == listing) {
                index.remove(listing.digest(i));
            }
        }
    }

    /**
     * Ends the track: what waits and has the number of a missing package of an open list is altered, the rest stays as open tail. Then takes
     * all lists off; a track that ends before the recording does is cut off, not lost.
     */
    void closeAllAtEnd(boolean mayBeCutAtStart) {
        Deque<Seen> tail = new ArrayDeque<>();
        for (Seen seen : waiting) {
            Listing missing = open.stream()
                    .filter(listing -> listing.misses(seen.n(), from(listing), listing.count()))
                    .findFirst()
                    .orElse(null);
            if (missing == null || seen.stamp() > missing.draft().stamp() + ManifestJudge.LOOSE) {
                tail.add(seen);
            } else {
                missing.wrong(
                        (int) missing.index(seen.n()),
                        seen,
                        Reason.ALTERED,
                        "package " + seen.n() + " is not what its manifest lists");
            }
        }
        waiting = tail;
        List<Listing> listings = new ArrayList<>(open);
        int lastWithAny = listings.size() - 1;
        while (lastWithAny >= 0 && !listings.get(lastWithAny).hasAny()) {
            lastWithAny--;
        }
        for (int i = 0; i < listings.size(); i++) {
            Listing listing = listings.get(i);
            int from = mayBeCutAtStart && !started ? listing.firstPresent() : 0;
            int to = !tail.isEmpty() || i < lastWithAny
                    ? listing.count()
                    : i == lastWithAny ? listing.endPresent() : from;
            close(listing, from, to);
        }
    }

    /** True if any package of the track was ever found, or waits. */
    boolean hasAny() {
        return started || last != null || !waiting.isEmpty();
    }

    Deque<Seen> waiting() {
        return waiting;
    }
}
