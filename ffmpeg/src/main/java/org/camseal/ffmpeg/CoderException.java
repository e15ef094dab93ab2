package org.camseal.ffmpeg;

/** An encoder or a decoder refused its settings or its input. */
public final class CoderException extends FFmpegException {
    CoderException(String message) {
        super(message);
    }
}
