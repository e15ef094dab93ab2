package org.camseal.signing.validation;

/**
 * What stands at the end of the video and waits for a signature that is not there: whoever has the file may have altered it.
 *
 * @param nalUnits coded NAL units in it
 * @param pictures pictures in it
 * @param from its first
 * @param to its last
 */
public record UncoveredTail(long nalUnits, long pictures, NalPosition from, NalPosition to) {}
