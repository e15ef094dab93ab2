package org.camseal.recorder;

import java.net.URI;
import java.time.Instant;
import java.util.List;

/**
 * How one camera is doing.
 *
 * @param name as in the settings
 * @param uri where it is pulled from
 * @param serial the device that is expected
 * @param state what happens now
 * @param detail one sentence for a person about the state
 * @param since when the state began
 * @param bytesReceived since the recorder's start
 * @param bitsPerSecond over the last seconds
 * @param lastVerdicts the newest at the end, at most 120
 * @param gaps the newest at the end, at most 50
 */
public record CameraStatus(
        String name,
        URI uri,
        String serial,
        State state,
        String detail,
        Instant since,
        long bytesReceived,
        long bitsPerSecond,
        List<GroupVerdict> lastVerdicts,
        List<Gap> gaps) {
    /** What the recorder does with a camera. */
    public enum State {
        /** Trying to reach it. */
        CONNECTING,
        /** Receiving, but nothing is stored before the camera has proven who it is. */
        PROVING,
        /** Receiving, checking and storing. */
        RECORDING,
        /** Receiving and checking; nothing is stored for want of room on the disk. */
        DISK_FULL,
        /** Not reached; tried again later. */
        UNREACHABLE,
        /** Turned away: not the expected device, or clear video; tried again later. */
        REFUSED,
        /** The recorder has been closed. */
        STOPPED
    }
}
