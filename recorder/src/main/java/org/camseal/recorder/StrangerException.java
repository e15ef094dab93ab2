package org.camseal.recorder;

/** What was reached is not what was expected there: another device, or a stream that must not be stored. */
public final class StrangerException extends Exception {
    public StrangerException(String message) {
        super(message);
    }

    /** With what led to it. */
    public StrangerException(String message, Throwable cause) {
        super(message, cause);
    }
}
