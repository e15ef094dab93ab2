package org.camseal.identity;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import javax.crypto.KeyAgreement;
import org.jspecify.annotations.Nullable;

/** A key of the software element. The private key is in this process's memory, and in no answer of any method. */
final class SoftwareKey {
    private final Slot slot;
    private final PublicKey publicKey;
    private final SignatureAlgorithm algorithm;
    private final AtomicReference<@Nullable PrivateKey> privateKey;
    private final SecureRandom random;

    SoftwareKey(Slot slot, KeyPairOf pair, SecureRandom random) {
        this.slot = slot;
        this.publicKey = pair.publicKey();
        this.algorithm = pair.spec().signature();
        this.privateKey = new AtomicReference<>(pair.privateKey());
        this.random = random;
    }

    /** A pair as made or read; never leaves the package. */
    record KeyPairOf(KeySpec spec, PublicKey publicKey, PrivateKey privateKey) {
        @Override
        public String toString() {
            return "key pair (" + spec + ")";
        }
    }

    KeyHandle signing() {
        return new Signing(this);
    }

    AgreementHandle agreement() {
        return new Agreement(this);
    }

    /** Handles refuse from now on. */
    void forget() {
        privateKey.set(null);
    }

    private PrivateKey living() throws IdentityException.Element {
        PrivateKey key = privateKey.get();
        if (key == null) {
            throw new IdentityException.Element(ElementFault.NO_KEY, "the " + slot.label() + " key was destroyed");
        }
        return key;
    }

    private byte[] sign(byte[] message) throws IdentityException {
        if (message.length > HandleSignature.MAX_MESSAGE) {
            throw new IdentityException.Element("a message of " + message.length + " bytes is not signed: at most "
                    + HandleSignature.MAX_MESSAGE + "; sign its digest");
        }
        slot.requireOwnUse(message);
        try {
            // Named provider: the private key never goes looking for one
            Signature signature =
                    Signature.getInstance(algorithm.jcaName(), algorithm.isEcdsa() ? "SunEC" : "SunRsaSign");
            if (algorithm.parameters().isPresent()) {
                signature.setParameter(algorithm.parameters().get());
            }
            signature.initSign(living(), random);
            signature.update(message);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IdentityException.Element(
                    "the software element cannot sign with the " + slot.label() + " key", e);
        }
    }

    private byte[] signDigest(byte[] digest) throws IdentityException {
        SlotHandle.requireDigest(slot, algorithm, digest);
        try {
            Signature signature = Signature.getInstance("NONEwithECDSA", "SunEC");
            signature.initSign(living(), random);
            signature.update(digest);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IdentityException.Element(
                    "the software element cannot sign with the " + slot.label() + " key", e);
        }
    }

    private byte[] agree(ECPublicKey peer) throws IdentityException {
        try {
            KeyAgreement agreement = KeyAgreement.getInstance("ECDH", "SunEC");
            agreement.init(living());
            agreement.doPhase(peer, true); // refuses points that are not on this curve
            return agreement.generateSecret();
        } catch (GeneralSecurityException e) {
            throw CurvePoint.notFitting(e);
        }
    }

    private record Signing(SoftwareKey key) implements KeyHandle {
        @Override
        public Slot slot() {
            return key.slot;
        }

        @Override
        public PublicKey publicKey() {
            return key.publicKey;
        }

        @Override
        public SignatureAlgorithm algorithm() {
            return key.algorithm;
        }

        @Override
        public byte[] sign(byte[] message) throws IdentityException {
            return key.sign(message);
        }

        @Override
        public byte[] sign(byte[] message, Duration patience) throws IdentityException {
            return key.sign(message); // milliseconds, and nobody to wait for
        }

        @Override
        public byte[] signDigest(byte[] digest) throws IdentityException {
            return key.signDigest(digest);
        }
    }

    private record Agreement(SoftwareKey key) implements AgreementHandle {
        @Override
        public ECPublicKey publicKey() {
            return (ECPublicKey) key.publicKey;
        }

        @Override
        public byte[] agree(ECPublicKey peer) throws IdentityException {
            return key.agree(peer);
        }
    }
}
