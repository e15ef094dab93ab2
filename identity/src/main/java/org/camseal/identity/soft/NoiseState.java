package org.camseal.identity.soft;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** The SymmetricState of the Noise Protocol Framework (revision 34, section 5.2) with SHA-256 and AES-256-GCM. */
final class NoiseState {
    static final int TAG = 16;
    private static final int HASH = 32;

    private byte[] ck;
    private byte[] h;
    private byte[] k = new byte[0];
    private long n;

    NoiseState(String protocolName) {
        byte[] name = protocolName.getBytes(StandardCharsets.US_ASCII);
        h = name.length <= HASH ? Arrays.copyOf(name, HASH) : sha256(name);
        ck = h.clone();
    }

    void mixHash(byte[] data) {
        h = sha256(h, data);
    }

    void mixKey(byte[] input) {
        byte[][] two = hkdf(ck, input, 2);
        ck = two[0];
        k = two[1];
        n = 0;
    }

    void mixKeyAndHash(byte[] input) {
        byte[][] three = hkdf(ck, input, 3);
        ck = three[0];
        mixHash(three[1]);
        k = three[2];
        n = 0;
    }

    byte[] encryptAndHash(byte[] plaintext) {
        try {
            byte[] sealed = aesGcm(Cipher.ENCRYPT_MODE, k, n++, h, plaintext);
            mixHash(sealed);
            return sealed;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has AES-GCM", e);
        }
    }

    byte[] decryptAndHash(byte[] sealed) throws GeneralSecurityException {
        byte[] plaintext = aesGcm(Cipher.DECRYPT_MODE, k, n++, h, sealed);
        mixHash(sealed);
        return plaintext;
    }

    /** The keys of both directions: from the initiator first. */
    byte[][] split() {
        byte[][] two = hkdf(ck, new byte[0], 2);
        Arrays.fill(ck, (byte) 0);
        Arrays.fill(k, (byte) 0);
        return two;
    }

    /** AESGCM of section 12.4: the nonce is 32 zero bits and the counter, big-endian. */
    static byte[] aesGcm(int mode, byte[] key, long counter, byte[] associated, byte[] text)
            throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        byte[] nonce = ByteBuffer.allocate(12).putInt(0).putLong(counter).array();
        cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(8 * TAG, nonce));
        cipher.updateAAD(associated);
        return cipher.doFinal(text);
    }

    private static byte[][] hkdf(byte[] chainingKey, byte[] input, int outputs) {
        byte[] temp = hmac(chainingKey, input);
        byte[][] all = new byte[outputs][];
        byte[] last = new byte[0];
        for (int i = 0; i < outputs; i++) {
            last = hmac(temp, last, new byte[] {(byte) (i + 1)});
            all[i] = last;
        }
        Arrays.fill(temp, (byte) 0);
        return all;
    }

    static byte[] hmac(byte[] key, byte[]... parts) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            for (byte[] part : parts) {
                mac.update(part);
            }
            return mac.doFinal();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HMAC", e);
        }
    }

    static byte[] sha256(byte[]... parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (byte[] part : parts) {
                digest.update(part);
            }
            return digest.digest();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
