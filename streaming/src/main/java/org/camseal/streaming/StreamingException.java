package org.camseal.streaming;

/**
 * A fault of the network or of the other side. The message says where, what was seen, what was expected and what to do; it never holds
 * a password.
 */
public abstract sealed class StreamingException extends Exception
        permits UnreachableException,
                UntrustedException,
                RefusedException,
                ProtocolException,
                TimedOutException,
                CannotListenException {
    StreamingException(String message) {
        super(message);
    }

    StreamingException(String message, Throwable cause) {
        super(message, cause);
    }
}
