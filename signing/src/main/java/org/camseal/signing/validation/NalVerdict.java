package org.camseal.signing.validation;

/** What became of one NAL unit that a signature covers or should cover; {@link SignedGroupReport#nalUnits} has its letter. */
public enum NalVerdict {
    /** It is what was signed. */
    AUTHENTIC('.'),
    /** It was signed, and is not there. */
    MISSING('M'),
    /** It is not what was signed. */
    FORGED('N'),
    /** No signature says anything of it. */
    UNSIGNED('U');

    private final char letter;

    NalVerdict(char letter) {
        this.letter = letter;
    }

    public char letter() {
        return letter;
    }
}
