package org.camseal.signing.wire;

/** Ends the reading of one SEI from within; {@link SigningSeiReader} makes an answer of it, so it never leaves this package. */
final class Flawed extends Exception {
    private final SeiFlaw flaw;

    Flawed(SeiFlaw flaw, String detail) {
        super(detail, null, false, false);
        this.flaw = flaw;
    }

    SeiReading.Malformed answer() {
        return new SeiReading.Malformed(flaw, String.valueOf(getMessage()));
    }
}
