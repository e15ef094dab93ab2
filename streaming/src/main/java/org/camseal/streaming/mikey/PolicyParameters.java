package org.camseal.streaming.mikey;

import java.io.ByteArrayOutputStream;
import java.util.HashMap;
import java.util.Map;
import org.camseal.streaming.ProtocolException;
import org.camseal.streaming.srtp.SrtpProfile;

/**
 * The SRTP parameters of a security policy (RFC 3830 section 6.10.1, RFC 7714 section 13): type, length and value each. What peers write
 * differs: GStreamer puts the tag's length where the authentication key's belongs, and writes no salt length.
 */
final class PolicyParameters {
    private static final int ENCRYPTION = 0;
    private static final int ENCRYPTION_KEY = 1;
    private static final int AUTHENTICATION = 2;
    private static final int AUTHENTICATION_KEY = 3;
    private static final int SALT = 4;
    private static final int DERIVATION_FUNCTION = 5;
    private static final int DERIVATION_RATE = 6;
    private static final int MEDIA_ENCRYPTED = 7;
    private static final int CONTROL_ENCRYPTED = 8;
    private static final int AUTHENTICATED = 10;
    private static final int TAG = 11;
    private static final int AEAD_TAG = 20;

    private static final int AES_CM = 1;
    private static final int AES_GCM = 6;
    private static final int HMAC_SHA1 = 1;
    private static final int NO_AUTHENTICATION = 0;
    private static final int HMAC_SHA1_KEY = 20;
    private static final int SHORT_TAG = 4;
    private static final int USUAL_TAG = 10;

    private final Map<Integer, Integer> values = new HashMap<>();

    /** The first value of a type counts; a value of more than four bytes is one that is not known. */
    void add(int type, byte[] message, int at, int length) {
        int value = length > 4 ? -1 : 0;
        for (int i = 0; i < length && length <= 4; i++) {
            value = value << 8 | (message[at + i] & 0xff);
        }
        values.putIfAbsent(type, value);
    }

    private int get(int type, int otherwise) {
        return values.getOrDefault(type, otherwise);
    }

    /** The profile that the parameters name. */
    SrtpProfile profile() throws ProtocolException {
        require(DERIVATION_FUNCTION, 0, 0, "key derivation function");
        require(DERIVATION_RATE, 0, 0, "key derivation rate");
        require(MEDIA_ENCRYPTED, 1, 1, "encryption of media");
        require(CONTROL_ENCRYPTED, 1, 1, "encryption of control packets");
        int cipher = get(ENCRYPTION, AES_CM);
        int bytes = get(ENCRYPTION_KEY, 16);
        SrtpProfile profile = switch (cipher) {
            case AES_CM -> counterMode(bytes);
            case AES_GCM -> gcm(bytes);
            default -> throw refused("cipher", cipher);
        };
        require(SALT, profile.saltLength(), profile.saltLength(), "bytes of salt");
        return profile;
    }

    private SrtpProfile counterMode(int bytes) throws ProtocolException {
        require(AUTHENTICATION, HMAC_SHA1, HMAC_SHA1, "authentication");
        require(AUTHENTICATED, 1, 1, "authentication of media");
        // GStreamer's way: without a tag length, 4 as the length of the authentication key means a short tag.
        int tag = get(TAG, get(AUTHENTICATION_KEY, HMAC_SHA1_KEY) == SHORT_TAG ? SHORT_TAG : USUAL_TAG);
        if (bytes == 16 && tag == USUAL_TAG) {
            return SrtpProfile.AES_CM_128_HMAC_SHA1_80;
        }
        if (bytes == 16 && tag == SHORT_TAG) {
            return SrtpProfile.AES_CM_128_HMAC_SHA1_32;
        }
        if (bytes == 32 && tag == USUAL_TAG) {
            return SrtpProfile.AES_256_CM_HMAC_SHA1_80;
        }
        throw new ProtocolException("MIKEY policy with AES-CM keys of " + bytes + " bytes and tags of " + tag
                + "; 16 and 10, 16 and 4, or 32 and 10 expected");
    }

    private SrtpProfile gcm(int bytes) throws ProtocolException {
        require(AEAD_TAG, 16, 16, "bytes of AEAD tag");
        return switch (bytes) {
            case 16 -> SrtpProfile.AEAD_AES_128_GCM;
            case 32 -> SrtpProfile.AEAD_AES_256_GCM;
            default -> throw refused("bytes of AES-GCM key", bytes);
        };
    }

    private void require(int type, int otherwise, int expected, String what) throws ProtocolException {
        int value = get(type, otherwise);
        if (value != expected) {
            throw refused(what, value);
        }
    }

    private static ProtocolException refused(String what, int value) {
        return new ProtocolException(
                "MIKEY policy with " + what + " " + value + ", which is not accepted (RFC 3830 section 6.10.1)");
    }

    /** The parameters that name a profile. */
    static byte[] write(SrtpProfile profile) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        put(out, ENCRYPTION, profile.isAead() ? AES_GCM : AES_CM);
        put(out, ENCRYPTION_KEY, profile.keyLength());
        put(out, AUTHENTICATION, profile.isAead() ? NO_AUTHENTICATION : HMAC_SHA1);
        if (!profile.isAead()) {
            put(out, AUTHENTICATION_KEY, HMAC_SHA1_KEY);
        }
        put(out, SALT, profile.saltLength());
        put(out, MEDIA_ENCRYPTED, 1);
        put(out, CONTROL_ENCRYPTED, 1);
        put(out, AUTHENTICATED, 1);
        put(out, profile.isAead() ? AEAD_TAG : TAG, profile.tagLength());
        return out.toByteArray();
    }

    private static void put(ByteArrayOutputStream out, int type, int value) {
        out.write(type);
        out.write(1);
        out.write(value);
    }
}
