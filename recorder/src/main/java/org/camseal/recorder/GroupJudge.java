package org.camseal.recorder;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.camseal.identity.Purpose;
import org.camseal.identity.SignerTrust;
import org.camseal.identity.TrustEvaluator;
import org.camseal.manifest.GroupReport;
import org.camseal.manifest.SealedTrack;
import org.camseal.manifest.Signer;
import org.camseal.manifest.TrackCount;
import org.camseal.manifest.Verdict;
import org.camseal.recorder.GroupVerdict.SignedBy;
import org.jspecify.annotations.Nullable;

/**
 * Puts the two answers about a group together: is it untouched (the manifest says), and is it of a camera that is trusted here. Immutable.
 */
public final class GroupJudge {
    private final TrustEvaluator trust;
    private final @Nullable String serial;

    /** @param serial the one device that is expected; null where any trusted one may be */
    public GroupJudge(TrustEvaluator trust, @Nullable String serial) {
        this.trust = trust;
        this.serial = serial;
    }

    /** Judges one report of a manifest checker. */
    public GroupVerdict judge(GroupReport report) {
        Verdict verdict = report.verdict();
        String detail = verdict instanceof Verdict.Authentic ? "" : verdict.detail();
        SignedBy who = SignedBy.NOBODY;
        String seen = null;
        if (report.signer().isPresent()) {
            Signer signer = report.signer().get();
            seen = signer.camera();
            Optional<String> objection = objection(signer, at(report));
            who = objection.isEmpty() ? SignedBy.TRUSTED : SignedBy.UNTRUSTED;
            if (objection.isPresent()) {
                detail = detail.isEmpty() ? objection.get() : detail + "; " + objection.get();
            }
        }
        Optional<GroupReport.Group> group = report.manifest();
        return new GroupVerdict(
                group.map(GroupReport.Group::number).orElse(-1L),
                group.map(one -> one.run().toString()).orElse(""),
                report.first().capturedAt(),
                end(report),
                outcome(verdict),
                verdict instanceof Verdict.Authentic
                        ? ""
                        : verdict.reason().name().toLowerCase(Locale.ROOT),
                detail,
                who,
                seen,
                count(report.tracks(), SealedTrack.VIDEO),
                count(report.tracks(), SealedTrack.AUDIO));
    }

    /** True for a report about packages that are there or should be; false where a run or a recording only begins. */
    public static boolean hasPackages(GroupReport report) {
        return report.tracks().stream()
                .anyMatch(track -> track.verified() + track.lost() + track.wrong() + track.unvouched() > 0);
    }

    /** True if the signer is the expected camera: its word counts, at the time its session certificate names. */
    public boolean accepts(Signer signer) {
        return objection(signer, signer.notBefore()).isEmpty();
    }

    private Optional<String> objection(Signer signer, Instant at) {
        return switch (trust.evaluate(signer.chain(), at, Purpose.MEDIA_SIGNING)) {
            case SignerTrust.Untrusted untrusted -> Optional.of(untrusted.detail());
            case SignerTrust.Trusted trusted
            when !trusted.serial().equals(signer.camera()) ->
                Optional.of("the certificate is of device " + trusted.serial() + ", the video says camera "
                        + signer.camera());
            case SignerTrust.Trusted trusted
            when serial != null && !trusted.serial().equals(serial) ->
                Optional.of("signed by device " + trusted.serial() + "; device " + serial + " was expected");
            case SignerTrust.Trusted unobjectionable -> Optional.empty();
        };
    }

    /** A recording is judged by the time it was made at. */
    private static Instant at(GroupReport report) {
        return report.manifest()
                .map(GroupReport.Group::start)
                .orElse(report.first().capturedAt());
    }

    /** The end by the signed length, so that neighbouring groups meet. */
    private static Instant end(GroupReport report) {
        Instant last = report.last().capturedAt();
        Duration signed = report.manifest()
                .map(group -> Duration.between(group.start(), group.end()))
                .filter(length -> !length.isNegative() && length.compareTo(Duration.ofMinutes(1)) < 0)
                .orElse(Duration.ZERO);
        Instant bySignature = report.first().capturedAt().plus(signed);
        return bySignature.isAfter(last) ? bySignature : last;
    }

    private static int count(List<TrackCount> tracks, SealedTrack wanted) {
        long count = 0;
        for (TrackCount track : tracks) {
            if (track.track() == wanted) {
                count += track.verified() + track.wrong() + track.unvouched();
            }
        }
        return (int) Math.min(Integer.MAX_VALUE, count);
    }

    private static GroupVerdict.Outcome outcome(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Authentic authentic -> GroupVerdict.Outcome.AUTHENTIC;
            case Verdict.Incomplete incomplete -> GroupVerdict.Outcome.INCOMPLETE;
            case Verdict.Forged forged -> GroupVerdict.Outcome.FORGED;
            case Verdict.Unsigned unsigned -> GroupVerdict.Outcome.UNSIGNED;
        };
    }
}
