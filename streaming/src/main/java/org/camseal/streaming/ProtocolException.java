package org.camseal.streaming;

/** The other side sent what breaks a rule of RTSP, SDP, RTP or RTCP, or what this module cannot carry. */
public final class ProtocolException extends StreamingException {
    public ProtocolException(String message) {
        super(message);
    }

    /** With what led to it. */
    public ProtocolException(String message, Throwable cause) {
        super(message, cause);
    }
}
