package org.camseal.identity.tpm2;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** The TPM's key derivations with SHA-256 (part 1, section 11.4.10), its digest, MAC and AES-128-CFB. */
final class TpmKdf {
    static final int DIGEST_BYTES = 32;
    static final int AES_BYTES = 16;

    private TpmKdf() {}

    static byte[] sha256(byte[]... parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (byte[] part : parts) {
                digest.update(part);
            }
            return digest.digest();
        } catch (GeneralSecurityException e) {
            throw absent(e);
        }
    }

    static byte[] hmac(byte[] key, byte[]... parts) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            // JCA refuses an empty key; HMAC pads keys with zeros, so one zero is the same key.
            mac.init(new SecretKeySpec(key.length == 0 ? new byte[1] : key, "HmacSHA256"));
            for (byte[] part : parts) {
                mac.update(part);
            }
            return mac.doFinal();
        } catch (GeneralSecurityException e) {
            throw absent(e);
        }
    }

    /** KDFa: NIST SP 800-108 in counter mode, 1 to 32 bytes. */
    static byte[] kdfa(byte[] key, String label, byte[] contextU, byte[] contextV, int bytes) {
        if (bytes < 1 || bytes > DIGEST_BYTES) {
            throw new IllegalArgumentException("one block of output is enough for us, not " + bytes + " bytes");
        }
        byte[] one = new TpmWriter().u32(1).bytes();
        byte[] bits = new TpmWriter().u32(bytes * 8).bytes();
        return Arrays.copyOf(hmac(key, one, terminated(label), contextU, contextV, bits), bytes);
    }

    /** KDFe: NIST SP 800-56A over a shared point's x coordinate, 32 bytes. */
    static byte[] kdfe(byte[] z, String label, byte[] partyU, byte[] partyV) {
        return sha256(new TpmWriter().u32(1).bytes(), z, terminated(label), partyU, partyV);
    }

    enum Direction {
        ENCRYPT(Cipher.ENCRYPT_MODE),
        DECRYPT(Cipher.DECRYPT_MODE);

        private final int mode;

        Direction(int mode) {
            this.mode = mode;
        }
    }

    static byte[] aesCfb(Direction direction, byte[] key, byte[] iv, byte[] text) {
        try {
            Cipher cipher = Cipher.getInstance("AES/CFB/NoPadding");
            cipher.init(direction.mode, new SecretKeySpec(key, "AES"), new IvParameterSpec(iv));
            return cipher.doFinal(text);
        } catch (GeneralSecurityException e) {
            throw absent(e);
        }
    }

    private static byte[] terminated(String label) {
        return (label + "\0").getBytes(StandardCharsets.US_ASCII);
    }

    private static IllegalStateException absent(GeneralSecurityException e) {
        return new IllegalStateException("every Java platform has SHA-256, HMAC and AES", e);
    }
}
