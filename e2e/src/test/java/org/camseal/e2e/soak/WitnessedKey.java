package org.camseal.e2e.soak;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.PublicKey;
import java.time.Duration;
import org.bouncycastle.asn1.x509.TBSCertificate;
import org.camseal.identity.IdentityException;
import org.camseal.identity.KeyHandle;
import org.camseal.identity.SignatureAlgorithm;
import org.camseal.identity.Slot;

/** A key that has every certificate's number written down, outside the register, before it signs: what was signed cannot be denied. */
record WitnessedKey(KeyHandle key, Path witnessed) implements KeyHandle {
    @Override
    public Slot slot() {
        return key.slot();
    }

    @Override
    public PublicKey publicKey() {
        return key.publicKey();
    }

    @Override
    public SignatureAlgorithm algorithm() {
        return key.algorithm();
    }

    @Override
    public byte[] sign(byte[] message, Duration patience) throws IdentityException {
        String number = TBSCertificate.getInstance(message)
                .getSerialNumber()
                .getPositiveValue()
                .toString(16);
        try {
            // One write of less than a page to a file opened for appending is whole or not there.
            Files.writeString(witnessed, number + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return key.sign(message, patience);
    }
}
