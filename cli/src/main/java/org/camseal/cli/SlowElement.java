package org.camseal.cli;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.camseal.identity.AgreementHandle;
import org.camseal.identity.ElementInfo;
import org.camseal.identity.IdentityException;
import org.camseal.identity.KeyHandle;
import org.camseal.identity.KeySpec;
import org.camseal.identity.SecureElement;
import org.camseal.identity.Slot;
import org.camseal.identity.SlotHandle;

/** An element whose every signature takes that much longer, as a chip's does. For measurements. */
final class SlowElement implements SecureElement {
    private final SecureElement element;
    private final Duration slower;

    SlowElement(SecureElement element, Duration slower) {
        this.element = element;
        this.slower = slower;
    }

    private KeyHandle slow(KeyHandle key) {
        return new SlotHandle(key.slot(), key.publicKey(), key.algorithm(), (message, patience) -> {
            try {
                TimeUnit.NANOSECONDS.sleep(slower.toNanos());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt(); // the worker in front ends
            }
            return key.sign(message, patience);
        });
    }

    @Override
    public ElementInfo info() {
        return element.info();
    }

    @Override
    public KeyHandle generate(Slot slot, KeySpec spec) throws IdentityException {
        return slow(element.generate(slot, spec));
    }

    @Override
    public Optional<KeyHandle> key(Slot slot) throws IdentityException {
        return element.key(slot).map(this::slow);
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
    public void close() {
        element.close();
    }
}
