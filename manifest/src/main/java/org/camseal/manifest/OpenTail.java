package org.camseal.manifest;

/**
 * What stands behind the last manifest of a recording: no manifest vouches for it. Up to some seconds are normal, for a recording may
 * end anywhere.
 *
 * @param units access units, all tracks
 * @param packages whole packages in them
 * @param isTorn true if the recording ends in the middle of a unit, which is left out of {@code packages}
 */
public record OpenTail(long units, long packages, Position from, Position to, boolean isTorn) {}
