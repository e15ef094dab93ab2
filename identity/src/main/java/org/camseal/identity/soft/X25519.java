package org.camseal.identity.soft;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.interfaces.XECPrivateKey;
import java.security.interfaces.XECPublicKey;
import java.security.spec.NamedParameterSpec;
import java.security.spec.XECPrivateKeySpec;
import java.security.spec.XECPublicKeySpec;
import javax.crypto.KeyAgreement;

/** Agreement on Curve25519 (RFC 7748) with public keys as 32 bytes, little-endian. */
final class X25519 {
    static final int BYTES = 32;

    private final PrivateKey privateKey;
    private final byte[] publicKey;

    private X25519(PrivateKey privateKey, byte[] publicKey) {
        this.privateKey = privateKey;
        this.publicKey = publicKey;
    }

    static X25519 generate(SecureRandom random) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("X25519");
            generator.initialize(NamedParameterSpec.X25519, random);
            KeyPair pair = generator.generateKeyPair();
            return new X25519(pair.getPrivate(), bytes(((XECPublicKey) pair.getPublic()).getU()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has X25519", e);
        }
    }

    /** From the private number as it was stored. */
    static X25519 of(byte[] scalar, byte[] publicKey) throws GeneralSecurityException {
        PrivateKey key = KeyFactory.getInstance("X25519")
                .generatePrivate(new XECPrivateKeySpec(NamedParameterSpec.X25519, scalar));
        return new X25519(key, publicKey.clone());
    }

    byte[] publicKey() {
        return publicKey.clone();
    }

    byte[] scalar() {
        return ((XECPrivateKey) privateKey)
                .getScalar()
                .orElseThrow(() -> new IllegalStateException("a key made here has its number"));
    }

    /**
     * The shared secret.
     *
     * @throws GeneralSecurityException for a public key of small order
     */
    byte[] agree(byte[] other) throws GeneralSecurityException {
        KeyAgreement agreement = KeyAgreement.getInstance("X25519");
        agreement.init(privateKey);
        agreement.doPhase(
                KeyFactory.getInstance("X25519")
                        .generatePublic(new XECPublicKeySpec(NamedParameterSpec.X25519, number(other))),
                true);
        return agreement.generateSecret();
    }

    private static BigInteger number(byte[] littleEndian) {
        byte[] bigEndian = new byte[BYTES];
        for (int i = 0; i < BYTES; i++) {
            bigEndian[i] = littleEndian[BYTES - 1 - i];
        }
        bigEndian[0] &= 0x7f; // RFC 7748 section 5: the highest bit is not looked at
        return new BigInteger(1, bigEndian);
    }

    private static byte[] bytes(BigInteger u) {
        byte[] littleEndian = new byte[BYTES];
        for (int i = 0; i < BYTES; i++) {
            littleEndian[i] = u.shiftRight(8 * i).byteValue();
        }
        return littleEndian;
    }
}
