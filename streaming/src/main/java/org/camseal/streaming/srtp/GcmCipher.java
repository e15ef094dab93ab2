package org.camseal.streaming.srtp;

import static org.camseal.streaming.rtp.BigEndian.putU32;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** AES in Galois/counter mode (RFC 7714): ciphertext, tag, of control packets the word, and at the very end the MKI. */
final class GcmCipher implements SessionCipher {
    private static final int TAG = 16;
    private static final int SOURCE_AT = 2; // RFC 7714 section 8.1: 16 zero bits stand in front of the SSRC

    private final SecretKeySpec key;
    private final byte[] salt;
    private final byte[] iv;
    private final byte[] word = new byte[CONTROL_WORD];
    private final Cipher cipher;

    GcmCipher(byte[] key, byte[] salt) {
        this.key = SessionCipher.aes(key);
        this.salt = salt.clone();
        this.iv = new byte[salt.length];
        try {
            this.cipher = Cipher.getInstance("AES/GCM/NoPadding");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES in Galois/counter mode", e);
        }
    }

    private void begin(int mode, int ssrc, long index) throws GeneralSecurityException {
        System.arraycopy(salt, 0, iv, 0, iv.length);
        SessionCipher.mix(iv, SOURCE_AT, ssrc, index);
        cipher.init(mode, key, new GCMParameterSpec(8 * TAG, iv));
    }

    @Override
    public int protectMedia(byte[] to, int headerLength, byte[] payload, int ssrc, long index, byte[] mki) {
        try {
            begin(Cipher.ENCRYPT_MODE, ssrc, index);
            cipher.updateAAD(to, 0, headerLength);
            int end = headerLength + cipher.doFinal(payload, 0, payload.length, to, headerLength);
            System.arraycopy(mki, 0, to, end, mki.length);
            return end + mki.length;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("protecting a media packet", e);
        }
    }

    @Override
    public int unprotectMedia(byte[] packet, int headerLength, int length, int ssrc, long index, int mkiLength) {
        int sealed = length - mkiLength - headerLength;
        if (sealed < TAG) {
            return REFUSED;
        }
        try {
            begin(Cipher.DECRYPT_MODE, ssrc, index);
            cipher.updateAAD(packet, 0, headerLength);
            return headerLength + cipher.doFinal(packet, headerLength, sealed, packet, headerLength);
        } catch (AEADBadTagException e) {
            return REFUSED;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("unprotecting a media packet", e);
        }
    }

    @Override
    public byte[] protectControl(byte[] compound, int ssrc, int index, byte[] mki) {
        int end = compound.length + TAG;
        byte[] packet = Arrays.copyOf(compound, end + CONTROL_WORD + mki.length);
        putU32(packet, end, ENCRYPTED | index);
        System.arraycopy(mki, 0, packet, end + CONTROL_WORD, mki.length);
        try {
            begin(Cipher.ENCRYPT_MODE, ssrc, index);
            cipher.updateAAD(packet, 0, CONTROL_HEADER);
            cipher.updateAAD(packet, end, CONTROL_WORD);
            cipher.doFinal(compound, CONTROL_HEADER, compound.length - CONTROL_HEADER, packet, CONTROL_HEADER);
            return packet;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("protecting a control packet", e);
        }
    }

    @Override
    public int unprotectControl(byte[] packet, int length, int ssrc, int esrtcp, int mkiLength) {
        int end = length - mkiLength - CONTROL_WORD;
        putU32(word, 0, esrtcp);
        boolean encrypted = (esrtcp & ENCRYPTED) != 0;
        // A packet in clear is associated data as a whole (RFC 7714 section 9.2).
        int from = encrypted ? CONTROL_HEADER : end - TAG;
        try {
            begin(Cipher.DECRYPT_MODE, ssrc, esrtcp & ~ENCRYPTED);
            cipher.updateAAD(packet, 0, from);
            cipher.updateAAD(word);
            return from + cipher.doFinal(packet, from, end - from, packet, from);
        } catch (AEADBadTagException e) {
            return REFUSED;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("unprotecting a control packet", e);
        }
    }
}
