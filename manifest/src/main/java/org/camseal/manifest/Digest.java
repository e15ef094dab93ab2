package org.camseal.manifest;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/** A SHA-256 value, 32 bytes. */
public final class Digest extends Octets {
    /** Bytes of a digest. */
    public static final int LENGTH = 32;

    /** Bytes of a digest as a manifest lists it: the first 16. */
    public static final int SHORT_LENGTH = 16;

    /** 32 zero bytes: stands where there is no earlier manifest. */
    public static final Digest ZERO = new Digest(new byte[LENGTH]);

    private Digest(byte[] value) {
        super(value, LENGTH);
    }

    /** Copies 32 bytes. */
    public static Digest of(byte[] value) {
        return new Digest(value);
    }

    /** SHA-256 of the parts, one after the other. */
    public static Digest sha256(byte[]... parts) {
        MessageDigest digest = newSha256();
        for (byte[] part : parts) {
            digest.update(part);
        }
        return new Digest(digest.digest());
    }

    /** The first 16 bytes. */
    public byte[] shortBytes() {
        return Arrays.copyOf(bytes(), SHORT_LENGTH);
    }

    static MessageDigest newSha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
