package org.camseal.signing.validation;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The verdict over a whole recording, or over all of a live stream so far.
 *
 * @param overall the worst over all groups and stretches; empty while there is nothing to judge
 * @param authentic groups of this verdict
 * @param incomplete groups of this verdict
 * @param unsigned stretches and groups of this verdict
 * @param forged groups of this verdict
 * @param signers all whose signatures verified, at most {@value #MAX_SIGNERS}, in the order in which they appear
 * @param start UTC start of the first group with a good signature, by the signed times
 * @param end UTC end of the last such group
 * @param openTail what no signature covers at the end
 * @param remarks what does not change the verdict, at most {@value #MAX_REMARKS} (the first ones)
 * @param signingSei SEI of the format that were seen, good or bad
 * @param axisSei SEI of Axis's own format that were seen
 */
public record SigningReport(
        Optional<SigningVerdict> overall,
        long authentic,
        long incomplete,
        long unsigned,
        long forged,
        List<StreamSigner> signers,
        Optional<Instant> start,
        Optional<Instant> end,
        Optional<UncoveredTail> openTail,
        List<SigningRemark> remarks,
        long signingSei,
        long axisSei) {
    /** Most signers that are kept apart. */
    public static final int MAX_SIGNERS = 64;

    /** Most remarks that are kept. */
    public static final int MAX_REMARKS = 64;

    public SigningReport {
        signers = List.copyOf(signers);
        remarks = List.copyOf(remarks);
    }
}
