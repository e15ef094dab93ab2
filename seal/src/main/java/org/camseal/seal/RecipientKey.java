package org.camseal.seal;

import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.util.Optional;

/**
 * A private key that grants are made for, by its two uses alone, so that it may stay in a token or smart card.
 *
 * <p>Called from one thread at a time.
 */
public interface RecipientKey {
    /** P-256, or RSA of 2048 to 8192 bits. */
    PublicKey publicKey();

    /** What grants for this key are found by. */
    default RecipientId id() {
        return RecipientId.of(publicKey());
    }

    /**
     * Elliptic curve Diffie-Hellman, for grants of algorithm 1.
     *
     * @param peer on P-256, checked to be on the curve
     * @return the x coordinate of the shared point, 32 bytes, the caller's to wipe
     * @throws SealException.KeyFailed where the key is no EC key or cannot be used now
     */
    byte[] agree(ECPublicKey peer) throws SealException.KeyFailed;

    /**
     * RSA-OAEP with SHA-256 and MGF1 with SHA-256, for grants of algorithm 2.
     *
     * @param label the OAEP label (RFC 8017 section 7.1.2)
     * @return the message, or nothing where ciphertext and label do not belong together
     * @throws SealException.KeyFailed where the key is no RSA key or cannot be used now
     */
    Optional<byte[]> unwrapRsa(byte[] ciphertext, byte[] label) throws SealException.KeyFailed;

    /**
     * A key that this process, or a JCA provider it loaded, can use.
     *
     * @throws SealException.UnfitRecipient for a key that no grant can be made for, or halves that are not of one kind
     */
    static RecipientKey of(PrivateKey privateKey, PublicKey publicKey) throws SealException.UnfitRecipient {
        return new JcaRecipientKey(privateKey, publicKey);
    }
}
