package org.camseal.manifest;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;

/**
 * The key that signs a run's manifests: a P-256 pair, made in memory at the start of the sender and never stored. The media key
 * certifies it once ({@link SessionCertificate}), so that a secure element signs once per session and not once per group.
 */
public final class SessionKey {
    /** How a message becomes r and s, 64 bytes; tests put a deterministic one in its place. */
    interface MessageSigner {
        byte[] sign(byte[] message) throws GeneralSecurityException;
    }

    private final byte[] publicPoint;
    private final MessageSigner signer;

    SessionKey(ECPublicKey publicKey, MessageSigner signer) {
        this.publicPoint = P256.encode(publicKey);
        this.signer = signer;
    }

    /** Makes a new key. */
    public static SessionKey generate(SecureRandom random) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec(P256.NAME), random);
            KeyPair pair = generator.generateKeyPair();
            PrivateKey privateKey = pair.getPrivate();
            return new SessionKey((ECPublicKey) pair.getPublic(), message -> {
                Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
                signature.initSign(privateKey, random);
                signature.update(message);
                return signature.sign();
            });
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java platform lacks P-256", e);
        }
    }

    /** The public point, uncompressed, 65 bytes. */
    public byte[] publicPoint() {
        return publicPoint.clone();
    }

    /** The name manifests call this key by. */
    public SessionId id() {
        return idOf(publicPoint);
    }

    static SessionId idOf(byte[] publicPoint) {
        return SessionId.of(Arrays.copyOf(Digest.sha256(publicPoint).bytes(), SessionId.LENGTH));
    }

    byte[] sign(byte[] message) {
        try {
            return signer.sign(message);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a key made by this platform cannot sign on it", e);
        }
    }
}
