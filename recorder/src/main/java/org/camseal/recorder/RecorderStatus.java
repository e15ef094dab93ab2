package org.camseal.recorder;

import java.util.List;

/**
 * How the recorder is doing.
 *
 * @param freeBytes free on that disk at the last look; -1 where it could not be asked
 * @param minimumFreeBytes below this nothing is written
 * @param cameras in the order of the settings
 */
public record RecorderStatus(long freeBytes, long minimumFreeBytes, List<CameraStatus> cameras) {}
