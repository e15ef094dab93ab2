package org.camseal.manifest;

/**
 * An epoch of a run, with what its key must match.
 *
 * @param number counts from 1 within the run, below 2^32
 */
public record CommittedEpoch(long number, Commitment commitment) {
    public CommittedEpoch {
        if (number < 1 || number > 0xffff_ffffL) {
            throw new IllegalArgumentException("epoch " + number + "; 1 to 2^32 - 1 expected");
        }
    }
}
