package org.camseal.signing.validation;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Puts a found group's units into its draft, one by one, with what is missing between them. */
final class GroupUnits {
    private final GroupDraft draft;
    private final Claim claim;
    private final Match match;
    private final Ledger ledger;

    GroupUnits(GroupDraft draft, Claim claim, Match match, Ledger ledger) {
        this.draft = draft;
        this.claim = claim;
        this.match = match;
        this.ledger = ledger;
    }

    /**
     * @param cut true if the video may begin inside this group
     */
    void put(List<Unit> units, boolean cut) {
        int place = -1;
        long lost = 0;
        boolean lostOther = false;
        List<Unit> strange = new ArrayList<>();
        List<Integer> strangeEntries = new ArrayList<>();
        for (int i = 0; i < units.size(); i++) {
            Unit unit = units.get(i);
            int entry = match.entries[i];
            if (entry == Match.UNCOVERED) {
                draft.unit(unit, NalVerdict.UNSIGNED);
                draft.finding(Stretch.uncovered(unit));
            } else if (entry < 0) {
                strange.add(unit);
                strangeEntries.add(entry);
            } else {
                int gap = entry - place - 1;
                for (int j = 0; j < strange.size(); j++) {
                    strange(strange.get(j), strangeEntries.get(j), j < gap);
                }
                int missing = Math.max(0, gap - strange.size());
                draft.missing(missing);
                lost += missing;
                lostOther |= missing > 0 && place >= 0;
                strange.clear();
                strangeEntries.clear();
                place = entry;
                draft.unit(unit, NalVerdict.AUTHENTIC);
                vouch(unit);
            }
        }
        int left = match.size - 1 - place;
        for (int j = 0; j < strange.size(); j++) {
            strange(strange.get(j), strangeEntries.get(j), j < left); // behind the last: in another order, or again
        }
        if (lost > 0) {
            draft.finding(lost(cut && !lostOther, lost));
        }
    }

    private SigningVerdict lost(boolean atStart, long lost) {
        NalPosition first = draft.first(claim.position);
        return atStart
                ? new SigningVerdict.Incomplete(
                        SigningReason.CUT_AT_START,
                        "the video begins inside this group: its first " + lost + " NAL units are not in it",
                        first)
                : new SigningVerdict.Incomplete(
                        SigningReason.UNITS_LOST,
                        lost + " of " + match.size + " NAL units are missing; the others are what was signed",
                        first);
    }

    private void strange(Unit unit, int entry, boolean instead) {
        draft.unit(unit, NalVerdict.FORGED);
        draft.finding(
                switch (entry) {
                    case Match.AGAIN ->
                        new SigningVerdict.Forged(
                                SigningReason.DUPLICATED, "a NAL unit that is there twice", unit.position);
                    case Match.ELSEWHERE ->
                        new SigningVerdict.Forged(
                                SigningReason.REORDERED, "a NAL unit that was signed in another place", unit.position);
                    default -> instead ? altered(unit) : inserted(unit);
                });
        reject(unit);
    }

    private static SigningVerdict altered(Unit unit) {
        return new SigningVerdict.Forged(
                SigningReason.ALTERED, "a NAL unit that is not what was signed in its place", unit.position);
    }

    private static SigningVerdict inserted(Unit unit) {
        return new SigningVerdict.Forged(
                SigningReason.INSERTED, "a NAL unit that the signer did not list", unit.position);
    }

    private void reject(Unit unit) {
        if (unit.claim != null) {
            ledger.settle(unit.claim, Claim.Trust.REJECTED, null);
        }
    }

    private void vouch(Unit unit) {
        Claim other = unit.claim;
        if (other != null) {
            vouch(other, claim.trust, claim.signer);
        }
    }

    private void vouch(Claim other, Claim.Trust trust, @Nullable SignerTally signer) {
        switch (trust) {
            case PROVISIONAL -> claim.vouchFor(other);
            case VERIFIED, REJECTED, UNVOUCHED -> ledger.settle(other, trust, signer);
        }
    }

    /** Ends a group whose last units are not there: of those that stand in their place, none is what was signed. */
    static void end(GroupDraft draft, int missing, List<Unit> instead, Ledger ledger) {
        int left = missing;
        for (Unit unit : instead) {
            if (Stretch.isHashed(unit)) {
                draft.unit(unit, NalVerdict.FORGED);
                draft.finding(left-- > 0 ? altered(unit) : inserted(unit));
                if (unit.claim != null) {
                    ledger.settle(unit.claim, Claim.Trust.REJECTED, null);
                }
            } else {
                draft.unit(unit, NalVerdict.UNSIGNED);
                draft.finding(Stretch.uncovered(unit));
            }
        }
        if (left > 0) {
            draft.missing(left);
            NalPosition place = draft.claim().map(claim -> claim.position).orElseThrow();
            draft.finding(new SigningVerdict.Incomplete(
                    SigningReason.UNITS_LOST,
                    left + " NAL units at its end are missing; the others are what was signed",
                    draft.last(place)));
        }
    }
}
