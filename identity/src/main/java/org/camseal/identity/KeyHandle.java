package org.camseal.identity;

import java.security.PrivateKey;
import java.security.PublicKey;
import java.time.Duration;

/**
 * A way to use a private signing key without having it. Safe for use by several threads.
 *
 * <p>There is no way from a handle to the private bytes: it is not serialisable, and {@link #opaqueKey()} has no encoding.
 */
public interface KeyHandle {
    /** The longest message that is signed whole, in bytes; handshakes, requests and certificates are a few kilobytes. */
    int MAX_MESSAGE = 1 << 20;

    /** How long a signature is waited for where the caller does not say. */
    Duration PATIENCE = Duration.ofSeconds(10);

    /** Where the key lives and so what it is for. */
    Slot slot();

    PublicKey publicKey();

    SignatureAlgorithm algorithm();

    /**
     * Signs a message of at most {@link #MAX_MESSAGE} bytes, within {@link #PATIENCE}. ECDSA signatures are DER, as X.509 and TLS have them.
     *
     * @throws IdentityException if the key was destroyed, the slot is not for such a message, or the element fails
     */
    default byte[] sign(byte[] message) throws IdentityException {
        return sign(message, PATIENCE);
    }

    /**
     * Signs as {@link #sign(byte[])}, and gives up after that time. What was given up may still be signed inside the element; its
     * answer is dropped, so that no late signature is taken for an answer to a later question.
     *
     * @throws IdentityException as {@link #sign(byte[])}; with {@link ElementFault#LATE} if no signature came in time
     */
    byte[] sign(byte[] message, Duration patience) throws IdentityException;

    /**
     * Signs a message that is too long to be handed over, by its digest: SHA-256 for {@link SignatureAlgorithm#ES256}, SHA-384 for
     * {@link SignatureAlgorithm#ES384}. Only issuing and root keys do, because a digest does not show what it is of.
     *
     * @throws IdentityException as {@link #sign(byte[])}; with {@link ElementFault#REFUSED} if this key or its element does not do this
     */
    default byte[] signDigest(byte[] digest) throws IdentityException {
        throw new IdentityException.Element("the " + slot().label() + " key signs no digests here");
    }

    /**
     * Signs as COSE wants it (RFC 9053 section 2.1): ECDSA as r and s of fixed length one after the other; RSA as {@link #sign}.
     *
     * @throws IdentityException as {@link #sign}
     */
    default byte[] signFixed(byte[] message) throws IdentityException {
        byte[] signature = sign(message);
        return algorithm().isEcdsa() ? EcdsaForm.fixedFromDer(signature, algorithm()) : signature;
    }

    /**
     * This handle as a JCA key, for JSSE and Bouncy Castle: it has no format and no encoding, refuses serialisation, and works only
     * with the {@code Signature}s of {@link HandleProvider}.
     */
    default PrivateKey opaqueKey() {
        return OpaqueKey.of(this);
    }
}
