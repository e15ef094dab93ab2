package org.camseal.identity;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/**
 * An element in front of another one, which passes on everything that a subclass does not change: so that nothing which an element can do is
 * lost behind one that counts or waits.
 */
public abstract class ForwardingElement implements SecureElement {
    private final SecureElement element;

    /** Takes over an element; {@link #close()} closes it too. */
    protected ForwardingElement(SecureElement element) {
        this.element = element;
    }

    @Override
    public ElementInfo info() {
        return element.info();
    }

    @Override
    public KeyHandle generate(Slot slot, KeySpec spec) throws IdentityException {
        return element.generate(slot, spec);
    }

    @Override
    public Optional<KeyHandle> key(Slot slot) throws IdentityException {
        return element.key(slot);
    }

    @Override
    public AgreementHandle generateAgreement(KeySpec spec) throws IdentityException {
        return element.generateAgreement(spec);
    }

    @Override
    public Optional<AgreementHandle> agreementKey() throws IdentityException {
        return element.agreementKey();
    }

    @Override
    public void destroy(Slot slot) throws IdentityException {
        element.destroy(slot);
    }

    @Override
    public Attestation attest(Slot slot, byte[] nonce) throws IdentityException {
        return element.attest(slot, nonce);
    }

    @Override
    public List<X509Certificate> makerCertificates() throws IdentityException {
        return element.makerCertificates();
    }

    @Override
    public Optional<ElementHealth> health() {
        return element.health();
    }

    @Override
    public Optional<SignatureCounts.Usage> usage(Slot slot) throws IdentityException {
        return element.usage(slot);
    }

    @Override
    public void close() {
        element.close();
    }

    @Override
    public String toString() {
        return element.toString();
    }
}
