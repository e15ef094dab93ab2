package org.camseal.streaming.srtp;

import static org.camseal.streaming.rtp.BigEndian.putU32;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** AES in counter mode and HMAC-SHA1 (RFC 3711 sections 4.1.1 and 4.2.1): ciphertext, of control packets the word, MKI, tag. */
final class CounterCipher implements SessionCipher {
    private static final int BLOCK = 16;
    private static final int SOURCE_AT = 4; // the SSRC is multiplied by 2^64, the index by 2^16

    private final SecretKeySpec key;
    private final byte[] salt;
    private final int tagLength;
    private final byte[] iv = new byte[BLOCK];
    private final byte[] rollover = new byte[4];
    private final byte[] digest = new byte[KeyDerivation.AUTHENTICATION_KEY];
    private final Cipher cipher;
    private final Mac mac;

    CounterCipher(byte[] key, byte[] authenticationKey, byte[] salt, int tagLength) {
        this.key = SessionCipher.aes(key);
        this.salt = Arrays.copyOf(salt, BLOCK);
        this.tagLength = tagLength;
        try {
            this.cipher = Cipher.getInstance("AES/CTR/NoPadding");
            this.mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(authenticationKey, "HmacSHA1"));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES in counter mode with HMAC-SHA1", e);
        }
    }

    private void crypt(byte[] from, int at, int length, byte[] to, int toAt, int ssrc, long index)
            throws GeneralSecurityException {
        System.arraycopy(salt, 0, iv, 0, BLOCK);
        SessionCipher.mix(iv, SOURCE_AT, ssrc, index);
        cipher.init(Cipher.ENCRYPT_MODE, key, new IvParameterSpec(iv));
        cipher.doFinal(from, at, length, to, toAt);
    }

    /** The tag over a media packet and its rollover counter, into {@link #digest}. */
    private void digestMedia(byte[] packet, int length, long index) throws GeneralSecurityException {
        putU32(rollover, 0, (int) (index >>> 16));
        mac.update(packet, 0, length);
        mac.update(rollover);
        mac.doFinal(digest, 0);
    }

    private void digestControl(byte[] packet, int length) throws GeneralSecurityException {
        mac.update(packet, 0, length);
        mac.doFinal(digest, 0);
    }

    private boolean isTag(byte[] packet, int at) {
        int difference = 0;
        for (int i = 0; i < tagLength; i++) {
            difference |= packet[at + i] ^ digest[i];
        }
        return difference == 0;
    }

    private int end(byte[] packet, int at, byte[] mki) {
        System.arraycopy(mki, 0, packet, at, mki.length);
        System.arraycopy(digest, 0, packet, at + mki.length, tagLength);
        return at + mki.length + tagLength;
    }

    @Override
    public int protectMedia(byte[] to, int headerLength, byte[] payload, int ssrc, long index, byte[] mki) {
        try {
            crypt(payload, 0, payload.length, to, headerLength, ssrc, index);
            int length = headerLength + payload.length;
            digestMedia(to, length, index);
            return end(to, length, mki);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("protecting a media packet", e);
        }
    }

    @Override
    public int unprotectMedia(byte[] packet, int headerLength, int length, int ssrc, long index, int mkiLength) {
        int clear = length - mkiLength - tagLength;
        if (clear < headerLength) {
            return REFUSED;
        }
        try {
            digestMedia(packet, clear, index);
            if (!isTag(packet, clear + mkiLength)) {
                return REFUSED;
            }
            crypt(packet, headerLength, clear - headerLength, packet, headerLength, ssrc, index);
            return clear;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("unprotecting a media packet", e);
        }
    }

    @Override
    public byte[] protectControl(byte[] compound, int ssrc, int index, byte[] mki) {
        int clear = compound.length;
        byte[] packet = Arrays.copyOf(compound, clear + CONTROL_WORD + mki.length + tagLength);
        try {
            crypt(compound, CONTROL_HEADER, clear - CONTROL_HEADER, packet, CONTROL_HEADER, ssrc, index);
            putU32(packet, clear, ENCRYPTED | index);
            digestControl(packet, clear + CONTROL_WORD);
            end(packet, clear + CONTROL_WORD, mki);
            return packet;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("protecting a control packet", e);
        }
    }

    @Override
    public int unprotectControl(byte[] packet, int length, int ssrc, int esrtcp, int mkiLength) {
        int end = length - mkiLength - tagLength;
        int clear = end - CONTROL_WORD;
        try {
            digestControl(packet, end);
            if (!isTag(packet, end + mkiLength)) {
                return REFUSED;
            }
            if ((esrtcp & ENCRYPTED) != 0) {
                int index = esrtcp & ~ENCRYPTED;
                crypt(packet, CONTROL_HEADER, clear - CONTROL_HEADER, packet, CONTROL_HEADER, ssrc, index);
            }
            return clear;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("unprotecting a control packet", e);
        }
    }
}
