package org.camseal.signing.wire;

/** What {@link SigningSeiReader} found in a NAL unit. */
public sealed interface SeiReading {
    /** No SEI, or another one. */
    record NotOurs() implements SeiReading {
        static final NotOurs INSTANCE = new NotOurs();
    }

    /** An SEI of Axis's Signed Video, a format of its own that is not read here. */
    record Axis() implements SeiReading {
        static final Axis INSTANCE = new Axis();
    }

    /** A signing SEI. */
    record Sei(SigningSei sei) implements SeiReading {}

    /**
     * It says that it is a signing SEI, yet is none: to be judged as video that was altered, never to be passed over.
     *
     * @param flaw which rule it breaks
     * @param detail what was seen and what was expected, one line; nothing of the free text in it
     */
    record Malformed(SeiFlaw flaw, String detail) implements SeiReading {}
}
