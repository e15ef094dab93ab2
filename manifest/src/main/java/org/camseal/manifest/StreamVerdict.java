package org.camseal.manifest;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The verdict over a whole recording, or over all of a live stream so far.
 *
 * @param overall the worst over all groups; empty while there is nothing to judge
 * @param authentic groups of this verdict
 * @param incomplete groups of this verdict
 * @param forged groups of this verdict
 * @param unsigned stretches of this verdict
 * @param signers all who vouch, each session once, at most 64
 * @param start UTC start of the first group that somebody known vouches for
 * @param end UTC end of the last such group
 * @param openTail what no manifest covers at the end
 */
public record StreamVerdict(
        Optional<Verdict> overall,
        long authentic,
        long incomplete,
        long forged,
        long unsigned,
        List<Signer> signers,
        Optional<Instant> start,
        Optional<Instant> end,
        Optional<OpenTail> openTail) {
    public StreamVerdict {
        signers = List.copyOf(signers);
    }
}
