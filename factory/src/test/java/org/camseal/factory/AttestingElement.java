package org.camseal.factory;

import org.camseal.identity.Attestation;
import org.camseal.identity.ForwardingElement;
import org.camseal.identity.SecureElement;
import org.camseal.identity.Slot;

/** An element whose statements are the nonce and nothing else, so that a test sees for what it was asked. */
final class AttestingElement extends ForwardingElement {
    AttestingElement(SecureElement keys) {
        super(keys);
    }

    @Override
    public Attestation attest(Slot slot, byte[] nonce) {
        byte[] none = {0};
        return new Attestation(Attestation.Format.TPM2, nonce, none, none, none);
    }
}
