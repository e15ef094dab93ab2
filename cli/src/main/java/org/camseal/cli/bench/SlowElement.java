package org.camseal.cli.bench;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.camseal.identity.ForwardingElement;
import org.camseal.identity.IdentityException;
import org.camseal.identity.KeyHandle;
import org.camseal.identity.KeySpec;
import org.camseal.identity.SecureElement;
import org.camseal.identity.Slot;
import org.camseal.identity.SlotHandle;

/** An element whose every signature takes that much longer, as a chip's does. For measurements. */
final class SlowElement extends ForwardingElement {
    private final Duration slower;

    SlowElement(SecureElement element, Duration slower) {
        super(element);
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
    public KeyHandle generate(Slot slot, KeySpec spec) throws IdentityException {
        return slow(super.generate(slot, spec));
    }

    @Override
    public Optional<KeyHandle> key(Slot slot) throws IdentityException {
        return super.key(slot).map(this::slow);
    }
}
