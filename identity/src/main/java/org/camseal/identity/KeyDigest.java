package org.camseal.identity;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.util.Arrays;
import java.util.HexFormat;

/** SHA-256 over a public key's SubjectPublicKeyInfo, in DER: names a key, whatever certificate or request it is in. */
public final class KeyDigest {
    /** Bytes of it. */
    public static final int BYTES = 32;

    private final byte[] bytes;

    private KeyDigest(byte[] bytes) {
        this.bytes = bytes;
    }

    /** The name of a key. */
    public static KeyDigest of(PublicKey key) {
        try {
            return new KeyDigest(MessageDigest.getInstance("SHA-256").digest(key.getEncoded()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /**
     * A name that was kept.
     *
     * @throws IllegalArgumentException if it is not of {@link #BYTES} bytes
     */
    public static KeyDigest ofBytes(byte[] bytes) {
        if (bytes.length != BYTES) {
            throw new IllegalArgumentException("a key digest has " + BYTES + " bytes, not " + bytes.length);
        }
        return new KeyDigest(bytes.clone());
    }

    /** A copy of its bytes. */
    public byte[] bytes() {
        return bytes.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof KeyDigest digest && Arrays.equals(bytes, digest.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** In hexadecimal digits. */
    @Override
    public String toString() {
        return HexFormat.of().formatHex(bytes);
    }
}
