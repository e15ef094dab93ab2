package org.camseal.signing.validation;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.camseal.signing.wire.Digest;
import org.jspecify.annotations.Nullable;

/**
 * Brings SEI and NAL units together: each SEI, in the order of the counter, is looked for among the units in front of it. What lies between
 * two groups that were found is judged by {@link Stretch}.
 */
final class GroupJudge {
    /** SEI in a row that fit nothing, before their units are given up. */
    static final int MOST_OPEN = 8;

    private static final int MOST_FIRST_SLICES = 8;

    private final Waiting waiting;
    private final Ledger ledger;
    private final boolean containerClock;
    private final TailWatch tailWatch = new TailWatch();
    private final Set<String> provenParameterSets = new HashSet<>();
    private final List<Claim> open = new ArrayList<>();
    private Checks.@Nullable Before before;
    private @Nullable Claim latest;
    private @Nullable Held held;
    private @Nullable Digest anchor;
    private @Nullable SigningVerdict spoiled;
    private long spoiledBefore;
    private long lostSei;
    private boolean restarted;
    private boolean synced;

    /** A group whose last units are not there, or are not what was signed: the next SEI tells. */
    private record Held(GroupDraft draft, Claim claim, int missing) {}

    GroupJudge(Waiting waiting, Ledger ledger, boolean containerClock) {
        this.waiting = waiting;
        this.ledger = ledger;
        this.containerClock = containerClock;
    }

    /** The next SEI, whose signature is good, or which has none. */
    void accept(Claim claim) {
        if (!follows(claim)) {
            return;
        }
        if (claim.trust == Claim.Trust.VERIFIED) {
            tailWatch.observe(waiting, waiting.countBefore(claim.before), claim.general.partial());
        }
        boolean anywhere = !synced || lostSei > 0 || restarted || !open.isEmpty();
        Optional<Match> match = isEmpty(claim)
                ? Optional.of(new Match(0, -1, new int[0], 0, anchor))
                : new Matcher(waiting, claim, anchor).find(anywhere);
        if (match.isPresent()) {
            resolve(claim, match.get());
        } else if (restarted && isOlder(claim)) {
            restarted = false;
            outOfOrder(claim);
            return;
        } else if (isStale(claim)) {
            GroupDraft draft = new GroupDraft(claim);
            draft.finding(new SigningVerdict.Incomplete(
                    SigningReason.STALE_SIGNATURE,
                    "its SEI repeats the hash of the group before, so it says nothing of this one",
                    claim.position));
            ledger.add(draft);
        } else {
            open.add(claim);
            if (open.size() >= MOST_OPEN) {
                giveUp(claim);
            }
        }
        latest = claim;
    }

    private static boolean isEmpty(Claim claim) {
        return claim.size() == 0 && claim.general.groupHash().isZero();
    }

    /** A known fault of the reference's last SEI: all of it but the counter is that of the SEI before. */
    private boolean isStale(Claim claim) {
        return synced
                && latest != null
                && claim.list.isEmpty()
                && claim.general.groupHash().equals(latest.general.groupHash())
                && claim.general.hashCount() == latest.general.hashCount()
                && claim.general.start().equals(latest.general.start());
    }

    /** Places the SEI by its counter; false if it is an old one. */
    private boolean follows(Claim claim) {
        Claim last = latest;
        if (last == null) {
            return true;
        }
        if (claim.general.linkedHash().isZero()) {
            restart();
            return true;
        }
        int distance = (int) (claim.general.counter() - last.general.counter());
        if (distance <= 0) {
            ledger.addFinding(new SigningVerdict.Forged(
                    SigningReason.SEI_OUT_OF_ORDER,
                    "an SEI with counter " + claim.general.counter() + " behind the one with " + last.general.counter()
                            + ": replayed, or in another order",
                    claim.position));
            return false;
        }
        if (claim.general.counter() < last.general.counter()) {
            ledger.remark(
                    SigningRemark.Kind.COUNTER_WRAPPED, "the counter of the SEI began anew at 2^32", claim.position);
        }
        if (distance > 1) {
            lostSei += distance - 1L;
            anchor = null;
        }
        return true;
    }

    /** Another session begins with the next SEI. */
    void restart() {
        restarted = true;
    }

    /** The first SEI of a session that covers nothing here, and is older than what came: no new session, but an old SEI. */
    private boolean isOlder(Claim claim) {
        return latest != null && claim.general.start().compareTo(latest.general.start()) <= 0;
    }

    private void outOfOrder(Claim claim) {
        String last = latest == null ? "" : " behind the one with " + latest.general.counter();
        ledger.addFinding(new SigningVerdict.Forged(
                SigningReason.SEI_OUT_OF_ORDER,
                "an SEI with counter " + claim.general.counter() + last + ": replayed, or in another order",
                claim.position));
    }

    /** An SEI of the stream that cannot be used, and what was said of it. */
    void spoil(SigningVerdict verdict) {
        spoiled = verdict;
        spoiledBefore = waiting.nextSequence();
        ledger.addFinding(verdict);
    }

    private void resolve(Claim claim, Match found) {
        boolean wasSynced = synced;
        boolean wasRestart = restarted;
        if (wasRestart) {
            anchor = null;
            before = null;
        }
        Match match = withAlteredBeginning(found);
        judgeStretch(waiting.take(match.first), claim);
        GroupDraft draft = new GroupDraft(claim);
        List<Unit> units = waiting.take(match.last + 1 - match.first);
        if (wasRestart) {
            draft.finding(new SigningVerdict.Incomplete(
                    SigningReason.SESSION_RESTARTED,
                    "a new session begins here: what lies between it and the one before is unknown",
                    claim.position));
        }
        boolean cut = !wasSynced && match.first == 0;
        GroupUnits counted = new GroupUnits(draft, claim, match, ledger);
        counted.put(units, cut);
        if (before != null) {
            Checks.link(draft, claim, before);
        }
        Claim continued = before == null ? null : before.claim();
        Checks.times(draft, claim, continued);
        Checks.parameterSets(
                draft,
                claim,
                units.stream()
                        .filter(unit -> unit.picture)
                        .map(unit -> unit.parameterSets)
                        .toList(),
                provenParameterSets);
        if (containerClock && !units.isEmpty() && match.lastEntry() == match.size - 1) {
            NalPosition next = waiting.size() > 0 ? waiting.get(0).position : null;
            Checks.drift(draft, claim, next, units.getFirst().position);
        }
        before = new Checks.Before(claim, firstSlices(claim, match, units));
        if (match.anchor != null) {
            anchor = match.anchor;
        }
        int missingAtEnd = match.size - 1 - match.lastEntry();
        if (missingAtEnd > 0 && match.size > 0) {
            held = new Held(draft, claim, missingAtEnd);
        } else {
            ledger.add(draft);
        }
        synced = true;
    }

    /** Units in front of a group whose beginning is missing, where all SEI are there: they stand in its place. */
    private Match withAlteredBeginning(Match match) {
        boolean certain = synced && !restarted && lostSei == 0 && open.isEmpty() && held == null;
        boolean beginningMissing = match.entries.length > 0 && match.entries[0] > 0;
        return certain && beginningMissing ? match.withStrangeInFront(match.first) : match;
    }

    /** Hashes, one of which is that of the group's first slice; more than one where its beginning is missing. */
    private List<Digest> firstSlices(Claim claim, Match match, List<Unit> units) {
        List<Digest> hashes = new ArrayList<>();
        for (int i = 0; i < units.size(); i++) {
            boolean slice = units.get(i).kind != Unit.Kind.SEI && match.entries[i] >= 0;
            if (slice && claim.list.isEmpty()) {
                return List.of(units.get(i).listed(waiting.hasher()));
            }
            if (slice) {
                int entry = match.entries[i];
                for (int j = 0; j <= Math.min(entry, MOST_FIRST_SLICES); j++) {
                    hashes.add(claim.list.get().get(j));
                }
                return entry > MOST_FIRST_SLICES ? List.of() : hashes;
            }
        }
        return hashes;
    }

    /** Judges what stands in front of a group that was found, and ends what was undecided. */
    private void judgeStretch(List<Unit> units, Claim next) {
        Stretch stretch = new Stretch(units, open, ledger, next.position);
        boolean anchored = anchor != null;
        if (!synced) {
            release(List.of());
            new Head(units, open, ledger, spoiled).judge(next, lostSei == 0);
        } else if (restarted) {
            release(List.of());
            stretch.judgeAs(new SigningVerdict.Unsigned(
                    SigningReason.SESSION_ENDED_OPEN,
                    "a session ended, and nobody vouches for these NAL units behind its last signature",
                    units.isEmpty() ? next.position : units.getFirst().position));
        } else if (lostSei > 0) {
            release(List.of());
            stretch.judgeWithoutSei(lostSei, spoiled);
        } else if (!open.isEmpty()) {
            release(List.of());
            stretch.judgeWithAllSei(anchored);
        } else if (held != null && !units.isEmpty()) {
            release(units);
        } else {
            release(List.of());
            stretch.judgeAs(inserted(units, next));
        }
        open.clear();
        lostSei = 0;
        restarted = false;
        spoiled = null;
    }

    private static SigningVerdict inserted(List<Unit> units, Claim next) {
        return new SigningVerdict.Forged(
                SigningReason.INSERTED,
                "NAL units that the signer did not list, between two groups that fit",
                units.isEmpty() ? next.position : units.getFirst().position);
    }

    /** Ends the group whose last units were undecided; those given now are not what was signed. */
    private void release(List<Unit> altered) {
        Held group = held;
        if (group == null) {
            return;
        }
        held = null;
        GroupUnits.end(group.draft(), group.missing(), altered, ledger);
        ledger.add(group.draft());
    }

    /** Too many SEI fit nothing: judges all units but those of the group that may still grow. */
    private void giveUp(Claim claim) {
        int end = Math.max(waiting.lastGroupStart(waiting.countBefore(claim.before)), 0);
        if (end == 0) {
            end = waiting.countBefore(claim.before);
        }
        judgeUnfitting(end, claim.position);
        lostSei++; // whatever follows does not continue a group that is known
        anchor = null;
        before = null;
        synced = true;
    }

    /** Units up to an index, and SEI that should be theirs and fit none of them. */
    private void judgeUnfitting(int end, NalPosition place) {
        boolean neverFitted = !synced;
        boolean lists = open.stream().allMatch(claim -> claim.list.isPresent());
        boolean other = neverFitted
                && lostSei == 0
                && ((Head.beginsSession(open)
                                && waiting.hashed(0, end)
                                        >= open.stream().mapToLong(Claim::size).sum())
                        || (lists && waiting.groupStarts(0, end) >= 3));
        List<Unit> units = waiting.take(end);
        Stretch stretch = new Stretch(units, open, ledger, place);
        boolean anchored = anchor != null;
        release(List.of());
        if (other && !units.isEmpty()) {
            stretch.judgeAs(new SigningVerdict.Forged(
                    SigningReason.OTHER_VIDEO,
                    open.size() + " SEI are for other video: not one of the NAL units is what they cover",
                    units.getFirst().position));
        } else if (neverFitted) {
            NalPosition first = units.isEmpty() ? place : units.getFirst().position;
            stretch.judgeAs(
                    new SigningVerdict.Unsigned(SigningReason.HEAD_NOT_COVERED, "no SEI fits these NAL units", first));
        } else if (lostSei > 0) {
            stretch.judgeWithoutSei(lostSei, spoiled);
        } else {
            stretch.judgeWithAllSei(anchored);
        }
        open.clear();
        lostSei = 0;
        spoiled = null;
    }

    /** More units wait than are kept: the oldest are judged as they are. */
    void overflow(int count, boolean anySei, NalPosition place) {
        release(List.of());
        List<Unit> units = waiting.take(count);
        SigningReason reason = !anySei
                ? SigningReason.NOT_SIGNED
                : synced ? SigningReason.SIGNATURES_STOP : SigningReason.TOO_MANY_WAITING;
        new Stretch(units, List.of(), ledger, place)
                .judgeAs(new SigningVerdict.Unsigned(
                        reason, "no signature came for these NAL units", units.getFirst().position));
        if (synced) {
            lostSei++;
            anchor = null;
        }
    }

    /** Ends the video: judges what can still be judged; what is left in {@code waiting} is the tail. */
    void finish(NalPosition place) {
        Claim last = latest;
        if (!open.isEmpty() && last != null) {
            finishUnfitting(last, place);
        }
        Held group = held;
        if (group != null) {
            int end = waiting.countBefore(group.claim().before);
            int boundary = 0;
            while (boundary < end && waiting.get(boundary).kind != Unit.Kind.GROUP_START) {
                boundary++;
            }
            boolean ended = boundary < end || waiting.size() == end;
            release(ended && lostSei == 0 ? waiting.take(boundary) : List.of());
        }
        SigningVerdict bad = spoiled;
        if (bad != null) {
            int end = waiting.lastGroupStart(waiting.countBefore(spoiledBefore));
            new Stretch(waiting.take(Math.max(end, 0)), List.of(), ledger, place)
                    .judgeAs(new SigningVerdict.Forged(
                            bad.reason(), "the SEI that should vouch for these NAL units is no good", bad.position()));
        }
    }

    private void finishUnfitting(Claim last, NalPosition place) {
        int behind = waiting.countBefore(last.before);
        boolean atEnd = behind == waiting.size();
        int end = atEnd ? behind : Math.max(waiting.lastGroupStart(behind), 0);
        boolean unfitting =
                waiting.hashed(0, end) >= open.stream().mapToLong(Claim::size).sum();
        boolean lists = open.stream().allMatch(claim -> claim.list.isPresent());
        if (!synced && open.size() < 3 && !atEnd) {
            Head.remarkEarlier(open, ledger);
            open.clear();
            return;
        }
        if (synced && lists && !unfitting && !atEnd) {
            end = 0; // the groups were lost as a whole: these units may well be those of the next
        }
        judgeUnfitting(end, place);
    }

    boolean hasFitted() {
        return synced;
    }

    /** True if more video waits at the end than ever waited for its signature. */
    boolean isTailTooLong() {
        return tailWatch.isTooLong(waiting);
    }
}
