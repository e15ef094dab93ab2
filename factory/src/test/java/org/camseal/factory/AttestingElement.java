package org.camseal.factory;

import java.util.Optional;
import org.camseal.identity.AgreementHandle;
import org.camseal.identity.Attestation;
import org.camseal.identity.ElementInfo;
import org.camseal.identity.IdentityException;
import org.camseal.identity.KeyHandle;
import org.camseal.identity.KeySpec;
import org.camseal.identity.SecureElement;
import org.camseal.identity.Slot;

/** An element whose statements are the nonce and nothing else, so that a test sees for what it was asked. */
record AttestingElement(SecureElement keys) implements SecureElement {
    @Override
    public Attestation attest(Slot slot, byte[] nonce) {
        byte[] none = {0};
        return new Attestation(Attestation.Format.TPM2, nonce, none, none, none);
    }

    @Override
    public ElementInfo info() {
        return keys.info();
    }

    @Override
    public KeyHandle generate(Slot slot, KeySpec spec) throws IdentityException {
        return keys.generate(slot, spec);
    }

    @Override
    public Optional<KeyHandle> key(Slot slot) throws IdentityException {
        return keys.key(slot);
    }

    @Override
    public AgreementHandle generateAgreement(KeySpec spec) throws IdentityException {
        return keys.generateAgreement(spec);
    }

    @Override
    public Optional<AgreementHandle> agreementKey() throws IdentityException {
        return keys.agreementKey();
    }

    @Override
    public void destroy(Slot slot) throws IdentityException {
        keys.destroy(slot);
    }
}
