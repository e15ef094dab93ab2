package org.camseal.manifest;

/**
 * What stands behind the last manifest of a recording: no manifest vouches for it. Up to some seconds are normal, for a recording may
 * end anywhere.
 *
 * @param units access units with packages, all tracks
 * @param packages packages in them
 */
public record OpenTail(long units, long packages, Position from, Position to) {}
