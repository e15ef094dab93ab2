package org.camseal.signing.validation;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The verdict over one (partial) group, or over a stretch that no signature covers.
 *
 * @param group what the group's SEI says of itself; empty for a stretch without one
 * @param verdict the worst of the findings
 * @param findings all that was seen, at least one, at most {@value #MAX_FINDINGS} (the first ones), the worst among them
 * @param remarks what does not change the verdict, at most {@value #MAX_FINDINGS}
 * @param authentic NAL units that are what was signed
 * @param missing NAL units that were signed and are not there
 * @param forged NAL units that are not what was signed
 * @param unsigned NAL units that no signature says anything of
 * @param nalUnits a letter for each of them in order ({@link NalVerdict}), at most {@value #MAX_LETTERS}; longer groups are cut off
 * @param first the first NAL unit of the group in the video, or the SEI where none of its units is there
 * @param last the last NAL unit of the group in the video
 * @param drift how much longer the group lasts by the container's clock than by the signed one; empty where it cannot be said
 */
public record SignedGroupReport(
        Optional<Group> group,
        SigningVerdict verdict,
        List<SigningVerdict> findings,
        List<SigningRemark> remarks,
        long authentic,
        long missing,
        long forged,
        long unsigned,
        String nalUnits,
        NalPosition first,
        NalPosition last,
        Optional<Duration> drift) {
    /** Most findings, and most remarks, of one report. */
    public static final int MAX_FINDINGS = 16;

    /** Most letters of one report. */
    public static final int MAX_LETTERS = 4096;

    public SignedGroupReport {
        findings = List.copyOf(findings);
        remarks = List.copyOf(remarks);
    }

    /**
     * What an SEI says of its group.
     *
     * @param counter the SEI's number in its session, unsigned 32 bits
     * @param partial true if the group was cut before its end
     * @param hashList true if the SEI lists every NAL unit, so that lost ones can be told from altered ones
     * @param start UTC time of its first picture
     * @param end UTC time of the picture that leads the next group, which is not covered any more; empty where it is not signed
     */
    public record Group(long counter, boolean partial, boolean hashList, Instant start, Optional<Instant> end) {}
}
