package org.camseal.manifest;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The verdict over one group: all packages one manifest covers; or over a stretch that no manifest covers.
 *
 * @param manifest what the group's manifest says of itself; empty for a stretch without (a readable) one
 * @param verdict the worst of the findings
 * @param findings all that was seen, at least one, at most 16 (the first ones), the worst among them
 * @param signer who vouches; empty where nobody known does
 * @param tracks how each track fared
 * @param first the first unit of the group in the recording
 * @param last the last unit of the group in the recording
 * @param drift how much longer the group lasts by the container's clock than by the signed one; empty where it cannot be said
 */
public record GroupReport(
        Optional<Group> manifest,
        Verdict verdict,
        List<Verdict> findings,
        Optional<Signer> signer,
        List<TrackCount> tracks,
        Position first,
        Position last,
        Optional<Duration> drift) {
    public GroupReport {
        findings = List.copyOf(findings);
        tracks = List.copyOf(tracks);
    }

    /**
     * What a manifest says of its group.
     *
     * @param number the manifest's number in its run
     * @param start UTC capture time of the first unit covered
     * @param end UTC capture time of the unit the manifest stands in, which is not covered any more
     */
    public record Group(StreamId stream, RunId run, long number, Instant start, Instant end) {}
}
