package org.camseal.signing.validation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.camseal.signing.wire.OnvifTime;
import org.jspecify.annotations.Nullable;

/** A report while it grows. */
final class GroupDraft {
    private final @Nullable Claim claim;
    private final List<SigningVerdict> findings = new ArrayList<>();
    private final List<SigningRemark> remarks = new ArrayList<>();
    private final StringBuilder letters = new StringBuilder();
    private final Map<NalVerdict, Long> counts = new EnumMap<>(NalVerdict.class);
    private @Nullable SigningVerdict worst;
    private @Nullable NalPosition first;
    private @Nullable NalPosition last;
    long pictures;
    Optional<Duration> drift = Optional.empty();

    /** @param claim what the group's SEI says; null for a stretch without one */
    GroupDraft(@Nullable Claim claim) {
        this.claim = claim;
    }

    void unit(Unit unit, NalVerdict verdict) {
        count(verdict, 1);
        pictures += unit.picture ? 1 : 0;
        if (first == null) {
            first = unit.position;
        }
        last = unit.position;
    }

    void missing(int count) {
        count(NalVerdict.MISSING, count);
    }

    private void count(NalVerdict verdict, int count) {
        counts.merge(verdict, (long) count, Long::sum);
        int room = Math.min(count, SignedGroupReport.MAX_LETTERS - letters.length());
        letters.repeat(verdict.letter(), Math.max(room, 0));
    }

    /** What matched its list is worth no more than the list. */
    void degrade(NalVerdict verdict) {
        counts.merge(verdict, count(NalVerdict.AUTHENTIC), Long::sum);
        counts.remove(NalVerdict.AUTHENTIC);
        for (int i = 0; i < letters.length(); i++) {
            if (letters.charAt(i) == NalVerdict.AUTHENTIC.letter()) {
                letters.setCharAt(i, verdict.letter());
            }
        }
    }

    void finding(SigningVerdict finding) {
        boolean worse = worst == null || finding.severity() > worst.severity();
        if (findings.size() < SignedGroupReport.MAX_FINDINGS) {
            findings.add(finding);
        } else if (worse) {
            findings.set(findings.size() - 1, finding); // the worst is always among them
        }
        if (worse) {
            worst = finding;
        }
    }

    void remark(SigningRemark.Kind kind, String detail, NalPosition position) {
        if (remarks.size() < SignedGroupReport.MAX_FINDINGS) {
            remarks.add(new SigningRemark(kind, detail, position));
        }
    }

    long count(NalVerdict verdict) {
        return counts.getOrDefault(verdict, 0L);
    }

    /** Where the group begins in the video; the SEI where nothing of it is there. */
    NalPosition first(NalPosition otherwise) {
        return first == null ? otherwise : first;
    }

    NalPosition last(NalPosition otherwise) {
        return last == null ? otherwise : last;
    }

    boolean isEmpty() {
        return first == null && count(NalVerdict.MISSING) == 0 && findings.isEmpty();
    }

    Optional<Claim> claim() {
        return Optional.ofNullable(claim);
    }

    /** @param otherwise a place to name where the group has none of its own */
    SignedGroupReport toReport(NalPosition otherwise) {
        NalPosition place = claim == null ? otherwise : claim.position;
        if (worst == null) {
            finding(new SigningVerdict.Authentic(
                    SigningReason.COMPLETE, "every NAL unit is what was signed, in order", first(place)));
        }
        return new SignedGroupReport(
                Optional.ofNullable(claim).map(GroupDraft::group),
                java.util.Objects.requireNonNull(worst),
                findings,
                remarks,
                count(NalVerdict.AUTHENTIC),
                count(NalVerdict.MISSING),
                count(NalVerdict.FORGED),
                count(NalVerdict.UNSIGNED),
                letters.toString(),
                first(place),
                last(place),
                drift);
    }

    private static SignedGroupReport.Group group(Claim claim) {
        return new SignedGroupReport.Group(
                claim.general.counter(),
                claim.general.partial(),
                claim.list.isPresent(),
                claim.general.start().toInstant(),
                claim.general.end().map(OnvifTime::toInstant));
    }
}
