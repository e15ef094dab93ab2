package org.camseal.ffmpeg;

/** The bundled libraries cannot be loaded on this machine, or lack a part that is needed. */
public final class FFmpegMissingException extends FFmpegException {
    FFmpegMissingException(String message, Throwable cause) {
        super(message, cause);
    }

    FFmpegMissingException(String message) {
        super(message);
    }
}
