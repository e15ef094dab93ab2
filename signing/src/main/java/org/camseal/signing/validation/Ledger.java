package org.camseal.signing.validation;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.camseal.signing.wire.OnvifTime;
import org.jspecify.annotations.Nullable;

/** Takes finished drafts, keeps those whose SEI nobody vouches for yet, and adds up the rest. */
final class Ledger {
    private final List<SignedGroupReport> reports = new ArrayList<>();
    private final List<SignerTally> signers = new ArrayList<>();
    private final List<SigningRemark> remarks = new ArrayList<>();
    private final long[] counts = new long[4];
    private @Nullable SigningVerdict overall;
    private @Nullable Instant start;
    private @Nullable Instant end;
    long signingSei;
    long axisSei;

    /** A draft that is complete; its claim decides whether it is final. */
    void add(GroupDraft draft) {
        Claim claim = draft.claim().orElse(null);
        if (claim == null) {
            return;
        }
        switch (claim.trust) {
            case PROVISIONAL -> claim.keep(draft);
            case VERIFIED -> {
                if (claim.signer != null) {
                    claim.signer.add(claim.general);
                }
                times(claim);
                report(draft.toReport(claim.position));
            }
            case REJECTED -> {
                draft.degrade(NalVerdict.FORGED);
                draft.finding(new SigningVerdict.Forged(
                        SigningReason.SEI_NOT_VOUCHED,
                        "the SEI of this group has no signature of its own, and is not the one that the next signature covers",
                        claim.position));
                report(draft.toReport(claim.position));
            }
            case UNVOUCHED -> {
                draft.degrade(NalVerdict.UNSIGNED);
                draft.finding(new SigningVerdict.Unsigned(
                        SigningReason.SEI_LOST,
                        "the SEI of this group has no signature of its own, and the next signature that covers it is not there",
                        claim.position));
                report(draft.toReport(claim.position));
            }
        }
    }

    /** A stretch without an SEI of its own. */
    void addStretch(GroupDraft draft, NalPosition place) {
        report(draft.toReport(place));
    }

    /** A verdict on an SEI itself. */
    void addFinding(SigningVerdict finding) {
        GroupDraft draft = new GroupDraft(null);
        draft.finding(finding);
        report(draft.toReport(finding.position()));
    }

    /** Whether a claim holds is known now, and so are the groups of all SEI it vouches for. */
    void settle(Claim claim, Claim.Trust fate, @Nullable SignerTally voucher) {
        claim.settle(fate, voucher).forEach(this::add);
    }

    void remark(SigningRemark.Kind kind, String detail, NalPosition position) {
        if (remarks.size() < SigningReport.MAX_REMARKS) {
            remarks.add(new SigningRemark(kind, detail, position));
        }
    }

    /** The account of a signer; the last one where there are too many. */
    SignerTally signer(SignerTally candidate) {
        for (SignerTally known : signers) {
            if (known.chain.equals(candidate.chain)) {
                return known;
            }
        }
        if (signers.size() < SigningReport.MAX_SIGNERS) {
            signers.add(candidate);
            return candidate;
        }
        return signers.getLast();
    }

    boolean hasSigner() {
        return !signers.isEmpty();
    }

    private void times(Claim claim) {
        Instant from = claim.general.start().toInstant();
        Instant to = claim.general.end().map(OnvifTime::toInstant).orElse(from);
        start = start == null ? from : start;
        end = to;
    }

    private void report(SignedGroupReport report) {
        reports.add(report);
        counts[report.verdict().severity()]++;
        overall = overall == null ? report.verdict() : SigningVerdict.worse(overall, report.verdict());
        for (SigningRemark remark : report.remarks()) {
            remark(remark.kind(), remark.detail(), remark.position());
        }
    }

    List<SignedGroupReport> takeReports() {
        if (reports.isEmpty()) {
            return List.of();
        }
        List<SignedGroupReport> taken = List.copyOf(reports);
        reports.clear();
        return taken;
    }

    SigningReport toReport(Optional<UncoveredTail> tail) {
        return new SigningReport(
                Optional.ofNullable(overall),
                counts[0],
                counts[1],
                counts[2],
                counts[3],
                signers.stream().map(SignerTally::toSigner).toList(),
                Optional.ofNullable(start),
                Optional.ofNullable(end),
                tail,
                remarks,
                signingSei,
                axisSei);
    }
}
