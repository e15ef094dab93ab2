package org.camseal.manifest;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.camseal.media.AccessUnit;
import org.camseal.media.Track;

/**
 * What the checker says of a list of units, as one line: "r" where a run begins, "." for a complete group, the reason for any other
 * report (upper case), and "+n" for n units of open tail.
 */
record Judgement(List<GroupReport> reports, StreamVerdict verdict) {
    static Judgement of(List<Track> tracks, List<AccessUnit> units) {
        return of(new ManifestChecker(tracks), units);
    }

    static Judgement of(ManifestChecker checker, List<AccessUnit> units) {
        List<GroupReport> reports = new ArrayList<>();
        for (AccessUnit unit : units) {
            reports.addAll(checker.accept(unit));
        }
        reports.addAll(checker.finish());
        return new Judgement(reports, checker.verdict());
    }

    static String line(List<Track> tracks, List<AccessUnit> units) {
        return of(tracks, units).line();
    }

    String line() {
        String groups = reports.stream()
                .map(report -> switch (report.verdict().reason()) {
                    case RUN_BEGINS -> "r";
                    case COMPLETE -> ".";
                    default -> report.verdict().reason().name();
                })
                .collect(Collectors.joining(" "));
        return groups + verdict.openTail().map(tail -> " +" + tail.units()).orElse("");
    }

    /** The name of the overall verdict: Authentic, Incomplete, Forged or Unsigned. */
    String overall() {
        return verdict.overall().map(v -> v.getClass().getSimpleName()).orElse("none");
    }
}
