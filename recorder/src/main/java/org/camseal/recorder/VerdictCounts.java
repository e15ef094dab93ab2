package org.camseal.recorder;

/**
 * How many groups of pictures got which verdict on arrival.
 *
 * @param untrusted groups signed by somebody who is not trusted; counted in the other numbers too
 */
public record VerdictCounts(int authentic, int incomplete, int forged, int unsigned, int untrusted) {
    static final VerdictCounts NONE = new VerdictCounts(0, 0, 0, 0, 0);

    VerdictCounts plus(GroupVerdict group) {
        int stranger = group.signer() == GroupVerdict.SignedBy.UNTRUSTED ? 1 : 0;
        return switch (group.verdict()) {
            case AUTHENTIC -> new VerdictCounts(authentic + 1, incomplete, forged, unsigned, untrusted + stranger);
            case INCOMPLETE -> new VerdictCounts(authentic, incomplete + 1, forged, unsigned, untrusted + stranger);
            case FORGED -> new VerdictCounts(authentic, incomplete, forged + 1, unsigned, untrusted + stranger);
            case UNSIGNED -> new VerdictCounts(authentic, incomplete, forged, unsigned + 1, untrusted + stranger);
        };
    }
}
