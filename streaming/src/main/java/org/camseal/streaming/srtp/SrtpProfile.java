package org.camseal.streaming.srtp;

/** A cipher and its authentication, with the lengths that belong to them. Named as the registries name them. */
public enum SrtpProfile {
    /** RFC 3711 sections 4.1.1 and 4.2.1. Every SRTP program knows it. */
    AES_CM_128_HMAC_SHA1_80(16, 14, 10, Cipher.COUNTER),
    /** The same with tags of 32 bits on media; control keeps 80 (RFC 4568 section 6.2.2). */
    AES_CM_128_HMAC_SHA1_32(16, 14, 4, Cipher.COUNTER),
    /** RFC 6188. */
    AES_256_CM_HMAC_SHA1_80(32, 14, 10, Cipher.COUNTER),
    /** RFC 7714. */
    AEAD_AES_128_GCM(16, 12, 16, Cipher.GCM),
    /** RFC 7714. */
    AEAD_AES_256_GCM(32, 12, 16, Cipher.GCM);

    /** How a packet is encrypted and authenticated. */
    enum Cipher {
        /** AES in counter mode, then HMAC-SHA1 over header, ciphertext and rollover counter. */
        COUNTER,
        /** Both in one. */
        GCM
    }

    private static final int CONTROL_TAG_OF_COUNTER = 10;

    private final int keyLength;
    private final int saltLength;
    private final int tagLength;
    private final Cipher cipher;

    SrtpProfile(int keyLength, int saltLength, int tagLength, Cipher cipher) {
        this.keyLength = keyLength;
        this.saltLength = saltLength;
        this.tagLength = tagLength;
        this.cipher = cipher;
    }

    /** Bytes of a master key, and of a session key: 16 or 32. */
    public int keyLength() {
        return keyLength;
    }

    /** Bytes of a master salt: 14, with GCM 12. */
    public int saltLength() {
        return saltLength;
    }

    /** Bytes of the tag of a media packet: 4, 10 or 16. */
    public int tagLength() {
        return tagLength;
    }

    /** Bytes of the tag of a control packet: 10 or 16. */
    public int controlTagLength() {
        return isAead() ? tagLength : CONTROL_TAG_OF_COUNTER;
    }

    /** Whether cipher and authentication are one (RFC 7714). */
    public boolean isAead() {
        return cipher == Cipher.GCM;
    }

    Cipher cipher() {
        return cipher;
    }
}
