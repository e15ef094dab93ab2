package org.camseal.manifest;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Sums reports up. */
final class Tally {
    private static final int MAX_SIGNERS = 64;

    private final Map<SessionId, Signer> signers = new LinkedHashMap<>();
    private final long[] bySeverity = new long[4];
    private @Nullable Verdict worst;
    private @Nullable Instant start;
    private @Nullable Instant end;

    void add(List<GroupReport> reports) {
        for (GroupReport report : reports) {
            Verdict verdict = report.verdict();
            bySeverity[verdict.severity()]++;
            worst = worst == null ? verdict : Verdict.worse(worst, verdict);
            report.signer().ifPresent(signer -> {
                if (signers.size() < MAX_SIGNERS) {
                    signers.putIfAbsent(signer.session(), signer);
                }
                report.manifest().ifPresent(group -> {
                    start = start == null ? group.start() : start;
                    end = group.end();
                });
            });
        }
    }

    StreamVerdict toVerdict(Optional<OpenTail> tail) {
        return new StreamVerdict(
                Optional.ofNullable(worst),
                bySeverity[0],
                bySeverity[1],
                bySeverity[3],
                bySeverity[2],
                List.copyOf(signers.values()),
                Optional.ofNullable(start),
                Optional.ofNullable(end),
                tail);
    }
}
