package org.camseal.streaming;

/** No connection could be made, or it broke. */
public final class UnreachableException extends StreamingException {
    public UnreachableException(String message) {
        super(message);
    }

    /** With what led to it. */
    public UnreachableException(String message, Throwable cause) {
        super(message, cause);
    }
}
