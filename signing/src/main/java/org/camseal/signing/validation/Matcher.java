package org.camseal.signing.validation;

import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.camseal.signing.wire.Digest;
import org.camseal.signing.wire.HashList;
import org.jspecify.annotations.Nullable;

/**
 * Finds the units that a claim is about: as a whole by the group hash, or one by one by the hash list. A lost slice that started the group
 * takes nothing else with it: its hash, to which the others are bound, stands in the list, or in the next SEI.
 */
final class Matcher {
    /** Hashes that may go into tries at other places than the expected one, for one claim. */
    private static final int TRY_BUDGET = 16_384;

    private static final int MOST_ANCHORS = 6;

    private final Waiting waiting;
    private final Claim claim;
    private final int end;
    private final @Nullable Digest knownAnchor;
    private int budget = TRY_BUDGET;

    /**
     * @param knownAnchor to which the group's slices are bound, as earlier SEI have it; null where that is unknown
     */
    Matcher(Waiting waiting, Claim claim, @Nullable Digest knownAnchor) {
        this.waiting = waiting;
        this.claim = claim;
        this.end = waiting.countBefore(claim.before);
        this.knownAnchor = knownAnchor;
    }

    /**
     * The group's place.
     *
     * @param anywhere true if the group may begin behind the oldest waiting unit: units before it are lost from sight
     */
    Optional<Match> find(boolean anywhere) {
        Optional<Match> whole = wholeAt(0);
        if (whole.isPresent()) {
            return whole;
        }
        if (claim.list.isPresent()) {
            return aligned(claim.list.get());
        }
        return anywhere || waiting.groupStarts(0, end) > 0 ? wholeElsewhere(anywhere) : Optional.empty();
    }

    private Optional<Match> wholeElsewhere(boolean anywhere) {
        for (int i = 1; i < end && budget > 0; i++) {
            if (waiting.get(i).kind == Unit.Kind.GROUP_START) {
                Optional<Match> whole = wholeAt(i);
                if (whole.isPresent()) {
                    return whole;
                }
            }
        }
        for (int i = 1; anywhere && i < end && budget > 0; i++) {
            Optional<Match> whole = wholeAt(i);
            if (whole.isPresent()) {
                return whole;
            }
        }
        return Optional.empty();
    }

    /** The group as a whole, if it begins at this unit: as many units as the SEI says, or all to the next group's start. */
    private Optional<Match> wholeAt(int from) {
        int byCount = behind(from, claim.general.hashCount());
        if (byCount > from && fits(from, byCount, false)) {
            return Optional.of(whole(from, byCount, false));
        }
        int bySize = behind(from, claim.size());
        if (bySize > from && bySize != byCount && fits(from, bySize, false)) {
            return Optional.of(whole(from, bySize, false));
        }
        int byStart = nextStart(from);
        if (byStart != byCount && fits(from, byStart, false)) {
            return Optional.of(whole(from, byStart, false));
        }
        boolean strange = waiting.hashed(from, byStart) < byStart - from;
        return strange && fits(from, byStart, true) ? Optional.of(whole(from, byStart, true)) : Optional.empty();
    }

    /** Index behind so many hashed units; -1 if there are not so many. */
    private int behind(int from, int count) {
        int i = from;
        for (int left = count; left > 0; i++) {
            if (i >= end) {
                return -1;
            }
            left -= waiting.get(i).kind == Unit.Kind.UNCOVERED ? 0 : 1;
        }
        return i;
    }

    private int nextStart(int from) {
        int i = from + 1;
        while (i < end && waiting.get(i).kind != Unit.Kind.GROUP_START) {
            i++;
        }
        return Math.min(i, end);
    }

    private boolean fits(int from, int to, boolean withUncovered) {
        budget -= from == 0 ? 0 : to - from;
        MessageDigest group = waiting.hasher().algorithm().newDigest();
        boolean any = false;
        for (int i = from; i < to; i++) {
            Unit unit = waiting.get(i);
            if (withUncovered || unit.kind != Unit.Kind.UNCOVERED) {
                group.update(unit.listed(waiting.hasher()).bytes());
                any = true;
            }
        }
        return any && Arrays.equals(group.digest(), claim.general.groupHash().bytes());
    }

    private Match whole(int from, int to, boolean withUncovered) {
        int[] entries = new int[to - from];
        int size = 0;
        for (int i = from; i < to; i++) {
            boolean counts = withUncovered || waiting.get(i).kind != Unit.Kind.UNCOVERED;
            entries[i - from] = counts ? size++ : Match.UNCOVERED;
        }
        return new Match(
                from,
                to - 1,
                entries,
                size,
                waiting.get(to - 1).kind == Unit.Kind.SEI ? knownAnchor : anchorOf(waiting.get(to - 1)));
    }

    private static @Nullable Digest anchorOf(Unit unit) {
        return unit.kind == Unit.Kind.GROUP_START ? unit.own() : unit.anchor();
    }

    /** One by one, in order; empty if not a single unit is in the list. */
    private Optional<Match> aligned(HashList list) {
        ListIndex index = new ListIndex(list);
        Anchors anchors = new Anchors(index, list);
        List<Integer> entries = new ArrayList<>();
        boolean[] there = new boolean[list.count()];
        int first = -1;
        int last = -1;
        int place = -1;
        for (int i = 0; i < end && place < list.count() - 1; i++) {
            Unit unit = waiting.get(i);
            int found = anchors.find(i, place);
            if (found >= 0) {
                first = first < 0 ? i : first;
                last = i;
                place = found;
                there[found] = true;
            }
            if (first >= 0) {
                entries.add(found >= 0 ? found : anchors.strangeness(unit, there));
            }
        }
        if (first < 0) {
            return Optional.empty();
        }
        for (int i = last + 1; i < end && anchors.isListed(waiting.get(i)); i++) {
            last = i;
            if (entries.size() <= last - first) {
                entries.add(anchors.strangeness(waiting.get(i), there));
            }
        }
        int[] upToLast = entries.stream()
                .limit(last - first + 1L)
                .mapToInt(Integer::intValue)
                .toArray();
        return Optional.of(new Match(first, last, upToLast, list.count(), anchors.proven));
    }

    /** The hashes that the group's slices may be bound to, likeliest first. */
    private final class Anchors {
        private final ListIndex index;
        private final Set<Digest> candidates = new LinkedHashSet<>();
        private final int keyAt;
        private @Nullable Digest proven;

        Anchors(ListIndex index, HashList list) {
            this.index = index;
            if (knownAnchor != null) {
                candidates.add(knownAnchor);
            }
            for (int i = 0; i < list.count() && candidates.size() < MOST_ANCHORS - 2; i++) {
                candidates.add(
                        list.get(i)); // an unsigned SEI or two may stand in front of the slice that starts the group
            }
            candidates.add(claim.general.linkedHash());
            this.keyAt = firstListedStart();
        }

        /** Where a slice stands that starts a group of pictures and is in the list; -1 if none is there. */
        private int firstListedStart() {
            for (int i = 0; i < end; i++) {
                Unit unit = waiting.get(i);
                if (unit.kind == Unit.Kind.GROUP_START && index.anyPlace(unit.own()) >= 0) {
                    return i;
                }
            }
            return -1;
        }

        /** Pictures that repeat each other bit by bit are told apart by their anchor alone, so it is not tried in front of itself. */
        private boolean standsBehind(Digest anchor, int place) {
            return place < keyAt && anchor.equals(waiting.get(keyAt).own());
        }

        int find(int at, int after) {
            Unit unit = waiting.get(at);
            Digest listed = unit.listed(waiting.hasher());
            int found = index.find(listed, after);
            if (found >= 0) {
                if (unit.kind != Unit.Kind.SEI) {
                    proven = anchorOf(unit);
                }
                return found;
            }
            if (unit.isUnbound()) {
                return -1;
            }
            for (Digest anchor : candidates) {
                if (standsBehind(anchor, at)) {
                    continue;
                }
                int bound = index.find(waiting.hasher().bound(anchor, unit.own()), after);
                if (bound >= 0) {
                    proven = anchor;
                    return bound;
                }
            }
            return -1;
        }

        /** True if the group has such a unit, here or elsewhere. */
        boolean isListed(Unit unit) {
            return unit.kind != Unit.Kind.UNCOVERED && index.anyPlace(likely(unit)) >= 0;
        }

        private Digest likely(Unit unit) {
            return unit.isUnbound() || proven == null
                    ? unit.listed(waiting.hasher())
                    : waiting.hasher().bound(proven, unit.own());
        }

        int strangeness(Unit unit, boolean[] there) {
            if (unit.kind == Unit.Kind.UNCOVERED) {
                return Match.UNCOVERED;
            }
            int place = index.anyPlace(likely(unit));
            if (place < 0) {
                return Match.STRANGE;
            }
            return there[place] ? Match.AGAIN : Match.ELSEWHERE;
        }
    }
}
