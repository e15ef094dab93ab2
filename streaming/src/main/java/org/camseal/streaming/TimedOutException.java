package org.camseal.streaming;

/** The other side was silent for longer than was agreed. */
public final class TimedOutException extends StreamingException {
    public TimedOutException(String message) {
        super(message);
    }

    /** With what led to it. */
    public TimedOutException(String message, Throwable cause) {
        super(message, cause);
    }
}
