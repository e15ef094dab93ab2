package org.camseal.ffmpeg;

/** A capture device cannot be opened, or stopped giving pictures. */
public final class DeviceException extends FFmpegException {
    DeviceException(String message) {
        super(message);
    }
}
