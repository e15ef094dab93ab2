package org.camseal.streaming.srtp;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** Session keys of a master key (RFC 3711 section 4.3, RFC 6188 section 3, RFC 7714 section 11), with a key derivation rate of zero. */
final class KeyDerivation implements AutoCloseable {
    /** Which packets the keys are for. */
    enum Use {
        MEDIA(0),
        CONTROL(3);

        private final int firstLabel;

        Use(int firstLabel) {
            this.firstLabel = firstLabel;
        }
    }

    static final int AUTHENTICATION_KEY = 20;
    private static final int BLOCK = 16;
    private static final int LABEL_AT = 7;

    private final byte[] key;
    private final byte[] salt;

    KeyDerivation(SrtpKey master) {
        this.key = master.key();
        this.salt = master.salt();
    }

    byte[] encryptionKey(Use use, int length) {
        return derive(use.firstLabel, length);
    }

    byte[] authenticationKey(Use use, int length) {
        return derive(use.firstLabel + 1, length);
    }

    byte[] salt(Use use, int length) {
        return derive(use.firstLabel + 2, length);
    }

    /** x = label * 2^48 XOR master salt, a shorter salt filled with zeros behind; then AES-CM of zeros with x * 2^16 for a counter. */
    private byte[] derive(int label, int length) {
        byte[] counter = Arrays.copyOf(salt, BLOCK);
        counter[LABEL_AT] ^= (byte) label;
        try {
            Cipher cipher = Cipher.getInstance("AES/CTR/NoPadding");
            cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"), new IvParameterSpec(counter));
            return cipher.doFinal(new byte[length]);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES in counter mode", e);
        }
    }

    @Override
    public void close() {
        Arrays.fill(key, (byte) 0);
        Arrays.fill(salt, (byte) 0);
    }
}
