package org.camseal.seal;

import java.security.PublicKey;
import java.util.Arrays;
import java.util.HexFormat;

/** Names the key a grant is for: the first 16 bytes of SHA-256 over its SubjectPublicKeyInfo (sealed-video.md, grants). */
public final class RecipientId {
    static final int BYTES = 16;

    private final byte[] bytes;

    private RecipientId(byte[] bytes) {
        this.bytes = bytes;
    }

    /** @throws IllegalArgumentException for a key that has no SubjectPublicKeyInfo */
    public static RecipientId of(PublicKey key) {
        byte[] info = key.getEncoded();
        if (info == null || !"X.509".equals(key.getFormat())) {
            throw new IllegalArgumentException("a public key of format " + key.getFormat() + "; X.509 expected");
        }
        return new RecipientId(Arrays.copyOf(Digests.sha256().digest(info), BYTES));
    }

    /** @throws IllegalArgumentException unless there are 16 bytes */
    public static RecipientId of(byte[] bytes) {
        if (bytes.length != BYTES) {
            throw new IllegalArgumentException(bytes.length + " bytes; " + BYTES + " expected");
        }
        return new RecipientId(bytes.clone());
    }

    /** A copy of the 16 bytes. */
    public byte[] bytes() {
        return bytes.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RecipientId id && Arrays.equals(id.bytes, bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** 32 hexadecimal digits. */
    @Override
    public String toString() {
        return HexFormat.of().formatHex(bytes);
    }
}
