package org.camseal.onvif.wire;

import java.util.List;

/**
 * Whose fault it is and which (ONVIF Core Specification, section "Fault handling").
 *
 * @param party who has to change something
 * @param codes subcodes in the namespace of ONVIF's errors, the general one first; may be empty
 */
public record Fault(Party party, List<String> codes) {
    /** Nobody logged in, or this login may not do it. */
    public static final Fault NOT_AUTHORIZED = sender("NotAuthorized");

    /** The service has no such operation, or does not offer it. */
    public static final Fault NOT_SUPPORTED = new Fault(Party.RECEIVER, List.of("ActionNotSupported"));

    /** The request is no SOAP. */
    public static final Fault WELL_FORMED = sender("WellFormed");

    /** An argument is missing or unreadable. */
    public static final Fault INVALID_ARGUMENT = sender("InvalidArgs");

    /** The device cannot now. */
    public static final Fault ACTION = new Fault(Party.RECEIVER, List.of("Action"));

    /** A header block that must be understood is not (SOAP 1.2 part 1, section 5.4.8). */
    public static final Fault MUST_UNDERSTAND = new Fault(Party.MUST_UNDERSTAND, List.of());

    /** Who has to change something (SOAP 1.2 part 1, section 5.4.6). */
    public enum Party {
        SENDER("Sender", 400),
        RECEIVER("Receiver", 500),
        MUST_UNDERSTAND("MustUnderstand", 500);

        private final String word;
        private final int status;

        Party(String word, int status) {
            this.word = word;
            this.status = status;
        }

        /** The local name of the code. */
        public String word() {
            return word;
        }

        /** The HTTP status it goes with (SOAP 1.2 part 2, table 20). */
        public int status() {
            return status;
        }
    }

    public Fault {
        codes = List.copyOf(codes);
    }

    /** What the asker did wrong. */
    public static Fault sender(String... codes) {
        return new Fault(Party.SENDER, List.of(codes));
    }

    /** An argument with a value that does not exist or may not be. */
    public static Fault invalid(String code) {
        return sender("InvalidArgVal", code);
    }

    /** The same as an exception. */
    public OnvifException.Refused because(String message) {
        return new OnvifException.Refused(this, message);
    }
}
