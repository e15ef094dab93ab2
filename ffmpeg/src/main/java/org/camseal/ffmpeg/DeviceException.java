package org.camseal.ffmpeg;

/** A capture device cannot be opened, or stopped giving pictures. */
public final class DeviceException extends FFmpegException {
    private final boolean mayTryAnotherFormat;

    DeviceException(String message) {
        this(message, false);
    }

    DeviceException(String message, boolean mayTryAnotherFormat) {
        super(message);
        this.mayTryAnotherFormat = mayTryAnotherFormat;
    }

    /** True where the device refused the format, and may know another. */
    boolean mayTryAnotherFormat() {
        return mayTryAnotherFormat;
    }
}
