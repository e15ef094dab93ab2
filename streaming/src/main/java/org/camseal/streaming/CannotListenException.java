package org.camseal.streaming;

/** A server's address and port cannot be used: taken, not ours, or not permitted. */
public final class CannotListenException extends StreamingException {
    public CannotListenException(String message) {
        super(message);
    }

    /** With what led to it. */
    public CannotListenException(String message, Throwable cause) {
        super(message, cause);
    }
}
