package org.camseal.viewer;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.camseal.identity.TrustEvaluator;
import org.camseal.identity.TrustRoots;
import org.camseal.manifest.GroupReport;
import org.camseal.manifest.ManifestChecker;
import org.camseal.media.AccessUnit;
import org.camseal.media.MediaException;
import org.camseal.media.Track;
import org.camseal.media.unitstream.UnitStreamReader;
import org.camseal.recorder.GroupJudge;
import org.camseal.recorder.GroupVerdict;
import org.camseal.web.WebException;
import org.jspecify.annotations.Nullable;

/** This viewer's own look at a stream of units: the manifest checker's verdicts, and whether their signers are ours. One thread. */
final class StreamCheck {
    private final ManifestChecker checker;
    private final GroupJudge judge;

    StreamCheck(List<Track> tracks, GroupJudge judge) {
        this.checker = new ManifestChecker(tracks);
        this.judge = judge;
    }

    /** Who counts as ours under one of the recorder's camera names. */
    static GroupJudge judge(ViewerSettings settings, String camera) {
        TrustEvaluator trust = new TrustEvaluator(new TrustRoots(settings.deviceRoots(), List.of()));
        return new GroupJudge(trust, settings.serials().get(camera));
    }

    List<Stretch> accept(AccessUnit unit) {
        return stretches(checker.accept(unit));
    }

    List<Stretch> finish() {
        return stretches(checker.finish());
    }

    private List<Stretch> stretches(List<GroupReport> reports) {
        List<Stretch> stretches = new ArrayList<>();
        for (GroupReport report : reports) {
            if (GroupJudge.hasPackages(report)) {
                stretches.add(new Stretch(
                        judge.judge(report),
                        report.first().accessUnit(),
                        report.last().accessUnit()));
            }
        }
        return stretches;
    }

    /**
     * Judges what the recorder hands out of some time.
     *
     * @param to the end of the last group wanted; null to follow until interrupted or the recorder ends it
     * @param heard told of each verdict as it becomes final
     */
    static void follow(
            RecorderClient recorder,
            String camera,
            GroupJudge judge,
            @Nullable Instant from,
            @Nullable Instant to,
            Heard heard)
            throws WebException, IOException, InterruptedException {
        Instant at = from;
        do {
            try (UnitStreamReader units = recorder.units(camera, at, to).orElse(null)) {
                if (units == null) {
                    return;
                }
                StreamCheck check = new StreamCheck(units.tracks(), judge);
                for (AccessUnit unit = units.next(); unit != null; unit = units.next()) {
                    check.accept(unit).forEach(stretch -> heard.hear(stretch.verdict()));
                }
                check.finish().forEach(stretch -> heard.hear(stretch.verdict()));
                at = units.continuesAt().orElse(null);
            } catch (MediaException broken) {
                throw new IOException(
                        "what the recorder sends of camera " + camera + " breaks off: " + broken.getMessage(), broken);
            }
        } while (at != null);
    }

    /** Told of verdicts. */
    @FunctionalInterface
    interface Heard {
        void hear(GroupVerdict verdict);
    }
}
