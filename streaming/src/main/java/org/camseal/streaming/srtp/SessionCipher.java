package org.camseal.streaming.srtp;

import java.util.Arrays;
import javax.crypto.spec.SecretKeySpec;
import org.camseal.streaming.srtp.KeyDerivation.Use;

/** Packets under one session key: the layout of each cipher. Belongs to one thread. */
sealed interface SessionCipher permits CounterCipher, GcmCipher {
    /** What unprotecting returns for a packet that is not authentic. */
    int REFUSED = -1;

    /** Bytes of the word behind a control packet: whether it is encrypted, and its index (RFC 3711 section 3.4). */
    int CONTROL_WORD = 4;

    /** The bit of that word which says that the packet is encrypted. */
    int ENCRYPTED = 0x8000_0000;

    /** Bytes of a control packet that stay clear: the first header and the sender's SSRC. */
    int CONTROL_HEADER = 8;

    /**
     * A media packet, whose header stands at the start of {@code to} already.
     *
     * @param index 48 bits: rollover counter and sequence number
     * @return bytes of the whole packet
     */
    int protectMedia(byte[] to, int headerLength, byte[] payload, int ssrc, long index, byte[] mki);

    /** The length of the clear packet, which then stands at the start of the same array; or {@link #REFUSED}. */
    int unprotectMedia(byte[] packet, int headerLength, int length, int ssrc, long index, int mkiLength);

    /** A control packet. */
    byte[] protectControl(byte[] compound, int ssrc, int index, byte[] mki);

    /** As {@link #unprotectMedia}; a packet that was sent in clear is checked and left as it is. */
    int unprotectControl(byte[] packet, int length, int ssrc, int word, int mkiLength);

    /** Under the session key that a master key gives for one use. */
    static SessionCipher of(SrtpKey master, Use use) {
        SrtpProfile profile = master.profile();
        try (KeyDerivation derivation = new KeyDerivation(master)) {
            byte[] key = derivation.encryptionKey(use, profile.keyLength());
            byte[] salt = derivation.salt(use, profile.saltLength());
            try {
                return switch (profile.cipher()) {
                    case COUNTER -> {
                        byte[] authentication = derivation.authenticationKey(use, KeyDerivation.AUTHENTICATION_KEY);
                        int tag = use == Use.MEDIA ? profile.tagLength() : profile.controlTagLength();
                        yield new CounterCipher(key, authentication, salt, tag);
                    }
                    case GCM -> new GcmCipher(key, salt);
                };
            } finally {
                Arrays.fill(key, (byte) 0);
            }
        }
    }

    /** AES with a key; the given array may be wiped afterwards. */
    static SecretKeySpec aes(byte[] key) {
        return new SecretKeySpec(key, "AES");
    }

    /** XORs a source and a packet index into an initialization vector, the index behind the source (RFC 3711 section 4.1.1). */
    static void mix(byte[] iv, int at, int ssrc, long index) {
        for (int i = 0; i < 4; i++) {
            iv[at + i] ^= (byte) (ssrc >>> (24 - 8 * i));
        }
        for (int i = 0; i < 6; i++) {
            iv[at + 4 + i] ^= (byte) (index >>> (40 - 8 * i));
        }
    }
}
