package org.camseal.signing;

import org.camseal.media.AccessUnit;

/**
 * An access unit that has passed a {@link MediaSigner}: a picture whose hash is in the signer's hands, or sound, which the format does not
 * cover. Only a signer makes one.
 */
public final class SignedUnit {
    private final AccessUnit unit;

    SignedUnit(AccessUnit unit) {
        this.unit = unit;
    }

    /** The unit with the SEI that were ready. The signature over it stands in a later unit. */
    public AccessUnit unit() {
        return unit;
    }

    @Override
    public String toString() {
        return "signed " + unit;
    }
}
