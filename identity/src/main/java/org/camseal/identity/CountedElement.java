package org.camseal.identity;

import java.security.interfaces.ECPublicKey;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * An element whose uses are counted and kept within a daily budget, whatever element it is: {@link ElementOpener}s give it. A use that the
 * element refused without doing anything is not counted; one that came too late is.
 */
public final class CountedElement implements SecureElement {
    private final SecureElement element;
    private final SignatureCounts counts;

    /** Takes over an element; {@link #close()} closes it too. */
    public CountedElement(SecureElement element, SignatureCounts counts) {
        this.element = element;
        this.counts = counts;
    }

    @FunctionalInterface
    private interface Use {
        byte[] made() throws IdentityException;
    }

    private byte[] counted(Slot slot, Use use) throws IdentityException {
        counts.spend(slot);
        try {
            return use.made();
        } catch (IdentityException.Element e) {
            if (e.fault() == ElementFault.BUSY
                    || e.fault() == ElementFault.REFUSED
                    || e.fault() == ElementFault.NO_KEY) {
                counts.giveBack(slot);
            }
            throw e;
        }
    }

    private KeyHandle counted(KeyHandle key) {
        return new SlotHandle(key.slot(), key.publicKey(), key.algorithm(), new SlotHandle.Signer() {
            @Override
            public byte[] sign(byte[] message, Duration patience) throws IdentityException {
                return counted(key.slot(), () -> key.sign(message, patience));
            }

            @Override
            public byte[] signDigest(byte[] digest) throws IdentityException {
                return counted(key.slot(), () -> key.signDigest(digest));
            }
        });
    }

    private AgreementHandle counted(AgreementHandle key) {
        return new Agreement(this, key);
    }

    private record Agreement(CountedElement element, AgreementHandle inner) implements AgreementHandle {
        @Override
        public ECPublicKey publicKey() {
            return inner.publicKey();
        }

        @Override
        public byte[] agree(ECPublicKey peer) throws IdentityException {
            return element.counted(Slot.RECIPIENT, () -> inner.agree(peer));
        }
    }

    @Override
    public ElementInfo info() {
        return element.info();
    }

    @Override
    public KeyHandle generate(Slot slot, KeySpec spec) throws IdentityException {
        return counted(element.generate(slot, spec));
    }

    @Override
    public Optional<KeyHandle> key(Slot slot) throws IdentityException {
        return element.key(slot).map(this::counted);
    }

    @Override
    public AgreementHandle generateAgreement(KeySpec spec) throws IdentityException {
        return counted(element.generateAgreement(spec));
    }

    @Override
    public Optional<AgreementHandle> agreementKey() throws IdentityException {
        return element.agreementKey().map(this::counted);
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
    public List<java.security.cert.X509Certificate> makerCertificates() throws IdentityException {
        return element.makerCertificates();
    }

    @Override
    public Optional<ElementHealth> health() {
        return element.health();
    }

    @Override
    public Optional<SignatureCounts.Usage> usage(Slot slot) throws IdentityException {
        return Optional.of(counts.of(slot));
    }

    /** Closes the element; that a count cannot be written down at the end is left at that: too much is counted then, not too little. */
    @Override
    public void close() {
        try {
            counts.save();
        } catch (IdentityException e) {
            // too much stays written down
        } finally {
            element.close();
        }
    }

    @Override
    public String toString() {
        return element.toString();
    }
}
