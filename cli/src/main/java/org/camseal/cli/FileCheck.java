package org.camseal.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.camseal.ffmpeg.MediaFiles;
import org.camseal.identity.Purpose;
import org.camseal.identity.SignerTrust;
import org.camseal.identity.TrustEvaluator;
import org.camseal.manifest.GroupReport;
import org.camseal.manifest.Manifest;
import org.camseal.manifest.ManifestChecker;
import org.camseal.manifest.Signer;
import org.camseal.manifest.StreamVerdict;
import org.camseal.manifest.Verdict;
import org.camseal.media.AccessUnit;
import org.camseal.media.MediaException;
import org.camseal.media.TrackFormat;
import org.camseal.media.UnitReader;
import org.jspecify.annotations.Nullable;

/** Checks one file without any content key: is it untouched, and whose is it? */
final class FileCheck {
    /**
     * What was found.
     *
     * @param remarkable groups that are not plainly authentic, in order, at most {@link #MOST_REMARKABLE}
     * @param trust per signer; empty where no root was named
     * @param damage why reading ended early; null where the file was read to its end
     */
    record Report(
            Path file,
            StreamVerdict verdict,
            List<GroupReport> remarkable,
            Map<Signer, SignerTrust> trust,
            @Nullable String damage) {
        ExitCode exitCode(boolean strict) {
            Optional<Verdict> overall = verdict.overall();
            boolean stranger = trust.values().stream().anyMatch(answer -> answer instanceof SignerTrust.Untrusted);
            if (overall.isPresent() && overall.get().severity() >= 2) {
                return ExitCode.NOT_AUTHENTIC;
            }
            if (stranger) {
                return ExitCode.NOT_AUTHENTIC;
            }
            boolean open = strict && verdict.openTail().isPresent();
            if (overall.isEmpty() || overall.get().severity() == 1 || damage != null || open) {
                return ExitCode.INCOMPLETE;
            }
            return ExitCode.DONE;
        }
    }

    /** More would not be read by anybody. */
    static final int MOST_REMARKABLE = 1000;

    private final Optional<TrustEvaluator> roots;
    private final Consumer<GroupReport> eachGroup;

    FileCheck(Optional<TrustEvaluator> roots, Consumer<GroupReport> eachGroup) {
        this.roots = roots;
        this.eachGroup = eachGroup;
    }

    /**
     * Checks a file.
     *
     * @param next the file that was recorded next, if it is known: the first manifest in it covers the end of this one
     */
    Report check(Path file, Optional<Path> next) throws IOException, MediaException, CommandFailure {
        try (UnitReader reader = MediaFiles.open(file)) {
            if (reader.tracks().stream()
                    .map(track -> track.format())
                    .map(TrackFormat::codec)
                    .noneMatch(codec -> codec.isVideo())) {
                throw new CommandFailure(ExitCode.IO, file + ": no H.264 or H.265 video in it", null);
            }
            ManifestChecker checker = new ManifestChecker(reader.tracks());
            List<GroupReport> remarkable = new ArrayList<>();
            String damage = null;
            Optional<Manifest> last = Optional.empty();
            try {
                for (AccessUnit unit = reader.next(); unit != null; unit = reader.next()) {
                    keep(checker.accept(unit), remarkable);
                    Optional<Manifest> here = ManifestUnit.manifestIn(unit);
                    last = here.isPresent() ? here : last;
                }
            } catch (MediaException e) {
                damage = Fault.oneLine(e.getMessage());
            }
            if (damage == null && last.isPresent() && next.isPresent()) {
                for (AccessUnit unit : ManifestUnit.following(last.get(), next.get())) {
                    keep(checker.accept(unit), remarkable);
                }
            }
            keep(checker.finish(), remarkable);
            StreamVerdict verdict = checker.verdict();
            return new Report(file, verdict, remarkable, trust(verdict), damage);
        }
    }

    private void keep(List<GroupReport> reports, List<GroupReport> remarkable) {
        for (GroupReport report : reports) {
            eachGroup.accept(report);
            if (!(report.verdict() instanceof Verdict.Authentic) && remarkable.size() < MOST_REMARKABLE) {
                remarkable.add(report);
            }
        }
    }

    private Map<Signer, SignerTrust> trust(StreamVerdict verdict) {
        Map<Signer, SignerTrust> answers = new LinkedHashMap<>();
        if (roots.isPresent()) {
            Instant recorded = verdict.start().orElse(Instant.EPOCH);
            for (Signer signer : verdict.signers()) {
                answers.put(signer, judge(roots.get(), signer, recorded));
            }
        }
        return answers;
    }

    /** A chain under our root counts only for the camera it names. */
    static SignerTrust judge(TrustEvaluator roots, Signer signer, Instant recorded) {
        SignerTrust trust = roots.evaluate(signer.chain(), recorded, Purpose.MEDIA_SIGNING);
        return switch (trust) {
            case SignerTrust.Untrusted untrusted -> untrusted;
            case SignerTrust.Trusted trusted ->
                trusted.serial().equals(signer.camera())
                        ? trusted
                        : new SignerTrust.Untrusted(
                                SignerTrust.Reason.WRONG_PURPOSE,
                                "the certificate is camera " + trusted.serial() + "'s, the video says it is camera "
                                        + signer.camera() + "'s");
        };
    }
}
