package org.camseal.identity;

import java.security.interfaces.ECPublicKey;
import java.time.Duration;
import java.util.Optional;

/**
 * An element whose uses are counted and kept within a daily budget, whatever element it is: {@link ElementOpener}s give it. A use that the
 * element refused without doing anything is not counted; one that came too late is.
 */
public final class CountedElement extends ForwardingElement {
    private final SignatureCounts counts;

    /** Takes over an element; {@link #close()} closes it too. */
    public CountedElement(SecureElement element, SignatureCounts counts) {
        super(element);
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
    public KeyHandle generate(Slot slot, KeySpec spec) throws IdentityException {
        return counted(super.generate(slot, spec));
    }

    @Override
    public Optional<KeyHandle> key(Slot slot) throws IdentityException {
        return super.key(slot).map(this::counted);
    }

    @Override
    public AgreementHandle generateAgreement(KeySpec spec) throws IdentityException {
        return counted(super.generateAgreement(spec));
    }

    @Override
    public Optional<AgreementHandle> agreementKey() throws IdentityException {
        return super.agreementKey().map(this::counted);
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
            super.close();
        }
    }
}
