package org.camseal.identity.soft;

import java.nio.file.Path;
import java.util.Arrays;
import org.camseal.identity.DurableFile;
import org.camseal.identity.ElementFault;
import org.camseal.identity.IdentityException;

/**
 * What a program knows of its element: the element's public key, so that no other passes for it, and a secret by which the element knows
 * the program. A file of 64 bytes, for its owner only: who has it may use the keys, not read them.
 */
final class Pairing {
    static final int SECRET_BYTES = 32;

    private final byte[] elementKey;
    private final byte[] secret;

    Pairing(byte[] elementKey, byte[] secret) {
        this.elementKey = elementKey.clone();
        this.secret = secret.clone();
    }

    static Pairing read(Path file) throws IdentityException {
        byte[] bytes = DurableFile.read(file, 1024)
                .orElseThrow(() -> new IdentityException.Element(
                        ElementFault.UNAVAILABLE, "there is no " + file + ": no soft element was prepared for here"));
        DurableFile.requireOwnerOnly(file, "600");
        if (bytes.length != X25519.BYTES + SECRET_BYTES) {
            throw new IdentityException.Element(
                    ElementFault.DAMAGED, file + " has " + bytes.length + " bytes instead of 64");
        }
        return new Pairing(Arrays.copyOf(bytes, X25519.BYTES), Arrays.copyOfRange(bytes, X25519.BYTES, bytes.length));
    }

    void write(Path file) throws IdentityException {
        byte[] both = Arrays.copyOf(elementKey, X25519.BYTES + SECRET_BYTES);
        System.arraycopy(secret, 0, both, X25519.BYTES, SECRET_BYTES);
        DurableFile.write(file, both, DurableFile.Readers.OWNER);
    }

    byte[] elementKey() {
        return elementKey.clone();
    }

    byte[] secret() {
        return secret.clone();
    }

    @Override
    public String toString() {
        return "pairing";
    }
}
