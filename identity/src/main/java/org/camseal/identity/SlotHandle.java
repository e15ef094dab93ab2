package org.camseal.identity;

import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.time.Duration;
import java.util.Objects;

/**
 * The handle that every element outside this process lends: it keeps the rule what its slot signs and how much, and asks the element for
 * the rest.
 */
public final class SlotHandle implements KeyHandle {
    private final Slot slot;
    private final PublicKey publicKey;
    private final SignatureAlgorithm algorithm;
    private final Signer signer;

    /** Who signs. */
    @FunctionalInterface
    public interface Signer {
        /** Signs as {@link KeyHandle#sign(byte[], Duration)} says; the message was found to be this slot's. */
        byte[] sign(byte[] message, Duration patience) throws IdentityException;

        /** Signs as {@link KeyHandle#signDigest} says; the digest was found to be of the right length, and for a slot that may. */
        default byte[] signDigest(byte[] digest) throws IdentityException {
            throw new IdentityException.Element("this element signs no digests");
        }
    }

    /** Refuses a digest of the wrong length, and every one for a key that makes statements of one kind only. */
    public static void requireDigest(Slot slot, SignatureAlgorithm algorithm, byte[] digest)
            throws IdentityException.Element {
        if (slot != Slot.ISSUING && slot != Slot.ROOT) {
            throw new IdentityException.Element(
                    "the " + slot.label() + " key signs no digests: they do not show what they are of");
        }
        if (!algorithm.isEcdsa() || digest.length != algorithm.coordinateBytes()) {
            throw new IdentityException.Element("a digest of " + digest.length + " bytes is not signed with "
                    + algorithm + ": only ECDSA keys do, and of their own hash");
        }
    }

    /** Whether that is an ECDSA signature over the message with that digest, as the platform's own provider sees it. */
    public static boolean verifiesDigest(PublicKey key, byte[] digest, byte[] signature) {
        try {
            Signature verifier = Signature.getInstance("NONEwithECDSA", "SunEC");
            verifier.initVerify(key);
            verifier.update(digest);
            return verifier.verify(signature);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    public SlotHandle(Slot slot, PublicKey publicKey, SignatureAlgorithm algorithm, Signer signer) {
        requireSigning(slot);
        this.slot = slot;
        this.publicKey = publicKey;
        this.algorithm = algorithm;
        this.signer = Objects.requireNonNull(signer);
    }

    /**
     * @throws IllegalArgumentException for {@link Slot#RECIPIENT}, which does not sign
     */
    public static void requireSigning(Slot slot) {
        if (!slot.signs()) {
            throw new IllegalArgumentException("the " + slot.label() + " key agrees, it does not sign");
        }
    }

    /** Refuses what no element signs: too long a message, or one that belongs to another slot. */
    public static void requireAllowed(Slot slot, byte[] message) throws IdentityException.Element {
        if (message.length > MAX_MESSAGE) {
            throw new IdentityException.Element("a message of " + message.length + " bytes is not signed: at most "
                    + MAX_MESSAGE + "; sign its digest");
        }
        slot.requireOwnUse(message);
    }

    /** Whether that is a signature of that algorithm over the message, as the platform's own provider sees it. */
    public static boolean verifies(PublicKey key, SignatureAlgorithm algorithm, byte[] message, byte[] signature) {
        try {
            Signature verifier =
                    Signature.getInstance(algorithm.jcaName(), algorithm.isEcdsa() ? "SunEC" : "SunRsaSign");
            if (algorithm.parameters().isPresent()) {
                verifier.setParameter(algorithm.parameters().get());
            }
            verifier.initVerify(key);
            verifier.update(message);
            return verifier.verify(signature);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    @Override
    public Slot slot() {
        return slot;
    }

    @Override
    public PublicKey publicKey() {
        return publicKey;
    }

    @Override
    public SignatureAlgorithm algorithm() {
        return algorithm;
    }

    @Override
    public byte[] sign(byte[] message, Duration patience) throws IdentityException {
        requireAllowed(slot, message);
        return signer.sign(message, patience);
    }

    @Override
    public byte[] signDigest(byte[] digest) throws IdentityException {
        requireDigest(slot, algorithm, digest);
        return signer.signDigest(digest);
    }

    @Override
    public String toString() {
        return slot.label() + " key handle (" + algorithm + ")";
    }
}
