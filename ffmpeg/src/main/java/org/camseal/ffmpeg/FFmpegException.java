package org.camseal.ffmpeg;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A fault from outside that the FFmpeg libraries met. The message says what was tried, what FFmpeg answered and what to do. */
public abstract sealed class FFmpegException extends IOException
        permits FFmpegMissingException, CoderException, DeviceException {
    FFmpegException(String message) {
        super(message);
    }

    FFmpegException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
