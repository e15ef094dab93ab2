package org.camseal.cli.identity;

import java.security.PublicKey;
import java.time.Duration;
import org.camseal.identity.IdentityException;
import org.camseal.identity.KeyHandle;
import org.camseal.identity.SignatureAlgorithm;
import org.camseal.identity.Slot;

/** An element that mixes its keys up: it shows one, and signs with another. */
public record CrossedKey(PublicKey publicKey, KeyHandle other) implements KeyHandle {
    @Override
    public Slot slot() {
        return other.slot();
    }

    @Override
    public SignatureAlgorithm algorithm() {
        return other.algorithm();
    }

    @Override
    public byte[] sign(byte[] message, Duration patience) throws IdentityException {
        return other.sign(message, patience);
    }
}
