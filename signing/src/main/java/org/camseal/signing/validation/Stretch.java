package org.camseal.signing.validation;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Judges NAL units that stand between two groups whose signatures fit, and that neither covers. What is lost on the way must not look
 * forged, and what was forged must not look lost: so what decides is whether all SEI for these units are there, and whether fewer units
 * are there than those SEI speak of.
 */
final class Stretch {
    private final List<Unit> units;
    private final List<Claim> open;
    private final Ledger ledger;
    private final NalPosition place;

    /**
     * @param units the units, maybe none
     * @param open the SEI that speak of them, or of lost ones: none of them fitted
     * @param place where the next group's SEI stands
     */
    Stretch(List<Unit> units, List<Claim> open, Ledger ledger, NalPosition place) {
        this.units = units;
        this.open = open;
        this.ledger = ledger;
        this.place = place;
    }

    /** All SEI are there: fewer units than they speak of may have been lost; others were altered or inserted. */
    void judgeWithAllSei(boolean anchorKnown) {
        long expected = open.stream().mapToLong(Claim::size).sum();
        long there = units.stream().filter(Stretch::isHashed).count();
        boolean lists = open.stream().allMatch(claim -> claim.list.isPresent());
        boolean bound = anchorKnown || startsGroup();
        boolean forged = lists ? bound && there > 0 : there >= expected;
        SigningReason reason;
        if (forged) {
            reason = there > expected
                    ? SigningReason.INSERTED
                    : lists ? SigningReason.ALTERED : SigningReason.GROUP_DIFFERS;
        } else {
            reason = there == 0 ? SigningReason.UNITS_LOST : SigningReason.GROUP_NOT_WHOLE;
        }
        distribute(forged, reason);
    }

    private void distribute(boolean forged, SigningReason reason) {
        int from = 0;
        for (int i = 0; i < open.size(); i++) {
            Claim claim = open.get(i);
            GroupDraft draft = new GroupDraft(claim);
            int to = i == open.size() - 1 ? units.size() : Math.min(units.size(), from + claim.size());
            List<Unit> own = units.subList(from, to);
            if (!own.isEmpty() || !forged) {
                NalPosition first = own.isEmpty() ? claim.position : own.getFirst().position;
                draft.finding(distributed(forged, reason, own.size(), claim.size(), first));
            }
            put(own, draft, forged ? NalVerdict.FORGED : NalVerdict.UNSIGNED);
            draft.missing(Math.max(0, claim.size() - own.size()));
            if (draft.count(NalVerdict.MISSING) > 0 && forged && own.isEmpty()) {
                draft.finding(lost(claim));
            }
            ledger.add(draft);
            from = to;
        }
    }

    private static SigningVerdict distributed(
            boolean forged, SigningReason reason, int there, int expected, NalPosition first) {
        String seen = there + " NAL units are there, " + expected + " were signed";
        if (forged) {
            return new SigningVerdict.Forged(reason, seen + "; they are not those that were signed", first);
        }
        return reason == SigningReason.UNITS_LOST || there == 0
                ? new SigningVerdict.Incomplete(SigningReason.UNITS_LOST, seen, first)
                : new SigningVerdict.Unsigned(
                        reason, seen + "; without those missing the rest cannot be checked", first);
    }

    private static SigningVerdict lost(Claim claim) {
        return new SigningVerdict.Incomplete(
                SigningReason.UNITS_LOST, "all of its " + claim.size() + " NAL units are missing", claim.position);
    }

    /** SEI are missing, or were no good: nobody vouches for these units. */
    void judgeWithoutSei(long lostSei, @Nullable SigningVerdict spoiled) {
        for (Claim claim : open) {
            GroupDraft draft = new GroupDraft(claim);
            draft.missing(claim.size());
            draft.finding(lost(claim));
            ledger.add(draft);
        }
        if (units.isEmpty()) {
            if (spoiled == null) {
                ledger.addFinding(new SigningVerdict.Incomplete(
                        SigningReason.GROUPS_LOST,
                        lostSei + " groups are missing here, pictures and signatures: the counter jumps",
                        place));
            }
            return;
        }
        NalPosition first = units.getFirst().position;
        judgeAs(
                spoiled == null
                        ? new SigningVerdict.Unsigned(
                                SigningReason.SEI_LOST,
                                lostSei + " SEI that should vouch for these NAL units " + (lostSei == 1 ? "is" : "are")
                                        + " not there",
                                first)
                        : new SigningVerdict.Forged(
                                spoiled.reason(),
                                "the SEI that should vouch for these NAL units is no good: " + lower(spoiled.detail()),
                                first));
    }

    /** The same verdict for all. */
    void judgeAs(SigningVerdict verdict) {
        if (units.isEmpty()) {
            return;
        }
        GroupDraft draft = new GroupDraft(null);
        if (units.stream().anyMatch(Stretch::isHashed)) {
            draft.finding(verdict);
        }
        boolean forged = verdict instanceof SigningVerdict.Forged;
        put(units, draft, forged ? NalVerdict.FORGED : NalVerdict.UNSIGNED);
        ledger.addStretch(draft, place);
    }

    private void put(List<Unit> some, GroupDraft draft, NalVerdict verdict) {
        for (Unit unit : some) {
            draft.unit(unit, isHashed(unit) ? verdict : NalVerdict.UNSIGNED);
            if (!isHashed(unit)) {
                draft.finding(uncovered(unit));
            }
            if (unit.claim != null) {
                boolean forged = verdict == NalVerdict.FORGED;
                ledger.settle(unit.claim, forged ? Claim.Trust.REJECTED : Claim.Trust.UNVOUCHED, null);
            }
        }
    }

    static SigningVerdict uncovered(Unit unit) {
        return new SigningVerdict.Unsigned(
                SigningReason.UNCOVERED_SLICE,
                "coded picture data of a type that the signature does not cover",
                unit.position);
    }

    private boolean startsGroup() {
        List<Unit> hashed =
                new ArrayList<>(units.stream().filter(Stretch::isHashed).toList());
        hashed.removeIf(unit -> unit.kind == Unit.Kind.SEI);
        return !hashed.isEmpty() && hashed.getFirst().kind == Unit.Kind.GROUP_START;
    }

    static boolean isHashed(Unit unit) {
        return unit.kind != Unit.Kind.UNCOVERED;
    }

    private static String lower(String sentence) {
        return sentence.substring(0, 1).toLowerCase(Locale.ROOT) + sentence.substring(1);
    }
}
