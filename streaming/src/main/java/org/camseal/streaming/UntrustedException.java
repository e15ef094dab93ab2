package org.camseal.streaming;

/** TLS was not established: the other side's certificate was not accepted, or ours was not. */
public final class UntrustedException extends StreamingException {
    public UntrustedException(String message) {
        super(message);
    }

    /** With what led to it. */
    public UntrustedException(String message, Throwable cause) {
        super(message, cause);
    }
}
