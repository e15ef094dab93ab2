package org.camseal.identity.tpm2;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECPoint;
import javax.crypto.KeyAgreement;

/** One agreement on P-256 with a key inside a TPM (part 1, annex C.6.1): our half is made for it and forgotten. */
final class TpmEcdh {
    private static final int COORDINATE = 32;

    private final byte[] z;
    private final ECPoint own;
    private final ECPoint other;

    private TpmEcdh(byte[] z, ECPoint own, ECPoint other) {
        this.z = z;
        this.own = own;
        this.other = other;
    }

    static TpmEcdh with(ECPublicKey other, SecureRandom random) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"), random);
            KeyPair own = generator.generateKeyPair();
            KeyAgreement agreement = KeyAgreement.getInstance("ECDH");
            agreement.init(own.getPrivate());
            agreement.doPhase(other, true);
            return new TpmEcdh(agreement.generateSecret(), ((ECPublicKey) own.getPublic()).getW(), other.getW());
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("the other key is on P-256", e);
        }
    }

    /** The shared point's x coordinate. */
    byte[] z() {
        return z.clone();
    }

    byte[] ownX() {
        return fixed(own.getAffineX(), COORDINATE);
    }

    byte[] otherX() {
        return fixed(other.getAffineX(), COORDINATE);
    }

    /** Our half as TPMS_ECC_POINT. */
    byte[] point() {
        return new TpmWriter()
                .sized(ownX())
                .sized(fixed(own.getAffineY(), COORDINATE))
                .bytes();
    }

    /** A coordinate as so many bytes. */
    static byte[] fixed(BigInteger coordinate, int length) {
        byte[] bytes = coordinate.toByteArray();
        byte[] fixed = new byte[length];
        int skip = Math.max(0, bytes.length - length);
        System.arraycopy(bytes, skip, fixed, length - (bytes.length - skip), bytes.length - skip);
        return fixed;
    }
}
