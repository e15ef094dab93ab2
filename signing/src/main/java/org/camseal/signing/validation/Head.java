package org.camseal.signing.validation;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Judges the NAL units in front of the first group that a signature covers. SEI before that are mostly for video that was cut away; where
 * that cannot be, the units are not what was signed.
 */
final class Head {
    /** So many NAL units are not all lost by chance. */
    private static final int NEVER_LOST_TOGETHER = 8;

    private final List<Unit> units;
    private final List<Claim> open;
    private final Ledger ledger;
    private final @Nullable SigningVerdict spoiled;

    /**
     * @param open the SEI in front of the first that fits, in order
     * @param spoiled what was said of an SEI that is no good; null without one
     */
    Head(List<Unit> units, List<Claim> open, Ledger ledger, @Nullable SigningVerdict spoiled) {
        this.units = units;
        this.open = open;
        this.ledger = ledger;
        this.spoiled = spoiled;
    }

    /** @param allSei true if no SEI is missing between the first one and the one that fits */
    void judge(Claim next, boolean allSei) {
        Stretch stretch = new Stretch(units, open, ledger, next.position);
        if (allSei && beginsSession(open) && isCleanCut()) {
            stretch.judgeWithAllSei(true);
            return;
        }
        remarkEarlier(open, ledger);
        if (units.isEmpty()) {
            return;
        }
        NalPosition first = units.getFirst().position;
        if (allSei && !open.isEmpty() && isCleanCut() && mustFit(open.getLast())) {
            stretch.judgeAs(new SigningVerdict.Forged(
                    SigningReason.ALTERED, "the SEI for these NAL units is there, and does not fit them", first));
        } else if (spoiled != null) {
            stretch.judgeAs(new SigningVerdict.Forged(
                    spoiled.reason(), "the SEI that should vouch for these NAL units is no good", first));
        } else {
            stretch.judgeAs(new SigningVerdict.Unsigned(
                    SigningReason.HEAD_NOT_COVERED,
                    "in front of the first group that a signature covers; the first that fits has counter "
                            + next.general.counter(),
                    first));
        }
    }

    /** With the first SEI of a session, nothing in front of the video was signed: all these units are its, and that of those behind it. */
    static boolean beginsSession(List<Claim> open) {
        return !open.isEmpty() && open.getFirst().general.linkedHash().isZero();
    }

    private boolean isCleanCut() {
        return !units.isEmpty() && units.getFirst().kind == Unit.Kind.GROUP_START;
    }

    private static boolean mustFit(Claim last) {
        return last.list.isPresent() && last.size() >= NEVER_LOST_TOGETHER;
    }

    static void remarkEarlier(List<Claim> open, Ledger ledger) {
        for (Claim claim : open) {
            ledger.remark(
                    SigningRemark.Kind.SEI_OF_EARLIER_VIDEO,
                    "the SEI with counter " + claim.general.counter() + " fits nothing in this file",
                    claim.position);
        }
    }
}
