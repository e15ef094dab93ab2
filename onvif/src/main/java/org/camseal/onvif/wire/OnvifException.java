package org.camseal.onvif.wire;

import java.util.List;

/** A fault from outside that ONVIF meets. The message is one sentence that may be shown to the peer; it holds no secret. */
public abstract sealed class OnvifException extends Exception {
    private final String message;

    private OnvifException(String message) {
        super(message);
        this.message = message;
    }

    private OnvifException(String message, Throwable cause) {
        super(message, cause);
        this.message = message;
    }

    /** What is wrong; lower case, no full stop. */
    public String message() {
        return message;
    }

    /** What a peer sent is not XML as it is read here, or not SOAP. */
    public static final class Malformed extends OnvifException {
        public Malformed(String message) {
            super(message);
        }
    }

    /** What a service answers when it does not do what was asked. */
    public static final class Refused extends OnvifException {
        private final Fault fault;
        private final List<XmlElement> details;

        public Refused(Fault fault, String message) {
            this(fault, message, List.of());
        }

        private Refused(Fault fault, String message, List<XmlElement> details) {
            super(message);
            this.fault = fault;
            this.details = details;
        }

        /** The same with what programs can read. */
        public Refused with(XmlElement detail) {
            return new Refused(fault, message(), List.of(detail));
        }

        /** What programs can read; may be empty. */
        public List<XmlElement> details() {
            return details;
        }

        public Fault fault() {
            return fault;
        }
    }

    /** Discovery cannot listen. */
    public static final class CannotListen extends OnvifException {
        public CannotListen(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
