package org.camseal.authority.registration;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import org.camseal.identity.Attestation;
import org.camseal.identity.KeyHandle;

/** Writes what a TPM would state about a key (TPM 2.0 part 2: TPMT_PUBLIC, TPMS_ATTEST, TPMT_SIGNATURE); the key for signing is the test's. */
final class PaperTpm {
    private static final int BORN_HERE = 0x32;
    private static final int RESTRICTED = 0x10000;
    private static final int SIGN = 0x40000;

    private final KeyHandle attestationKey;

    PaperTpm(KeyHandle attestationKey) {
        this.attestationKey = attestationKey;
    }

    byte[] attestationKey() throws Exception {
        return area(attestationKey.publicKey(), BORN_HERE | RESTRICTED | SIGN);
    }

    Attestation attest(PublicKey key, byte[] nonce) throws Exception {
        byte[] described = area(key, BORN_HERE | SIGN);
        ByteArrayOutputStream name = new ByteArrayOutputStream();
        name.writeBytes(new byte[] {0, 0x0b});
        name.writeBytes(MessageDigest.getInstance("SHA-256").digest(described));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeInt(0xff544347); // TPM_GENERATED_VALUE
        out.writeShort(0x8017); // TPM_ST_ATTEST_CERTIFY
        sized(out, new byte[] {1});
        sized(out, nonce);
        out.write(new byte[25]); // clock, resets, restarts, safe; firmware version
        sized(out, name.toByteArray());
        sized(out, new byte[] {1});
        byte[] statement = bytes.toByteArray();
        return new Attestation(Attestation.Format.TPM2, statement, signature(statement), described, attestationKey());
    }

    private byte[] signature(byte[] statement) throws Exception {
        byte[] both = attestationKey.signFixed(statement);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeShort(0x18); // TPM_ALG_ECDSA
        out.writeShort(0x0b); // TPM_ALG_SHA256
        sized(out, java.util.Arrays.copyOf(both, 32));
        sized(out, java.util.Arrays.copyOfRange(both, 32, 64));
        return bytes.toByteArray();
    }

    private static byte[] area(PublicKey key, int attributes) throws IOException {
        ECPublicKey ec = (ECPublicKey) key;
        boolean restricted = (attributes & RESTRICTED) != 0;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeShort(0x23); // TPM_ALG_ECC
        out.writeShort(0x0b); // TPM_ALG_SHA256
        out.writeInt(attributes);
        out.writeShort(0); // no policy
        out.writeShort(0x10); // no symmetric cipher
        out.writeShort(restricted ? 0x18 : 0x10);
        if (restricted) {
            out.writeShort(0x0b);
        }
        out.writeShort(3); // TPM_ECC_NIST_P256
        out.writeShort(0x10); // no key derivation
        sized(out, coordinate(ec.getW().getAffineX()));
        sized(out, coordinate(ec.getW().getAffineY()));
        return bytes.toByteArray();
    }

    private static byte[] coordinate(BigInteger number) {
        byte[] bytes = number.toByteArray();
        byte[] fixed = new byte[32];
        int length = Math.min(32, bytes.length);
        System.arraycopy(bytes, bytes.length - length, fixed, 32 - length, length);
        return fixed;
    }

    private static void sized(DataOutputStream out, byte[] bytes) throws IOException {
        out.writeShort(bytes.length);
        out.write(bytes);
    }
}
