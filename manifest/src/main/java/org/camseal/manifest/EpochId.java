package org.camseal.manifest;

/**
 * The time one epoch key is in use.
 *
 * @param number counts from 1 within the run, below 2^32
 */
public record EpochId(RunId run, long number) {
    public EpochId {
        if (number < 1 || number > 0xffff_ffffL) {
            throw new IllegalArgumentException("epoch " + number + "; 1 to 2^32 - 1 expected");
        }
    }
}
