package org.camseal.recorder;

/**
 * How many groups of pictures got which verdict on arrival.
 *
 * @param strangers groups that are untouched but signed by somebody who is not trusted; counted in the other numbers too
 */
public record VerdictCounts(int authentic, int incomplete, int forged, int unsigned, int strangers) {
    static final VerdictCounts NONE = new VerdictCounts(0, 0, 0, 0, 0);

    VerdictCounts plus(GroupVerdict group) {
        return new VerdictCounts(
                authentic + one(group, "authentic"),
                incomplete + one(group, "incomplete"),
                forged + one(group, "forged"),
                unsigned + one(group, "unsigned"),
                strangers + (group.signer().equals("untrusted") ? 1 : 0));
    }

    private static int one(GroupVerdict group, String verdict) {
        return group.verdict().equals(verdict) ? 1 : 0;
    }
}
