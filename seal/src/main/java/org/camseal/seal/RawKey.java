package org.camseal.seal;

import java.util.Arrays;
import javax.crypto.SecretKey;

/**
 * Key bytes in the shape that {@code javax.crypto} takes. Unlike a SecretKeySpec its bytes can be replaced and wiped in place, so
 * that a cipher re-keyed for each package leaves one array behind, not one for each.
 */
@SuppressWarnings("serial") // a key of a moment; SecretKey makes it serializable against its nature
final class RawKey implements SecretKey {
    private final String algorithm;
    private final byte[] bytes;

    private RawKey(String algorithm, byte[] bytes) {
        this.algorithm = algorithm;
        this.bytes = bytes;
    }

    /** Shares the array: whoever changes it changes the key. */
    static RawKey over(String algorithm, byte[] bytes) {
        return new RawKey(algorithm, bytes);
    }

    @Override
    public String getAlgorithm() {
        return algorithm;
    }

    @Override
    public String getFormat() {
        return "RAW";
    }

    /** A copy; the JDK's ciphers wipe theirs after use. */
    @Override
    public byte[] getEncoded() {
        return bytes.clone();
    }

    @Override
    public void destroy() {
        Arrays.fill(bytes, (byte) 0);
    }

    @Override
    public String toString() {
        return algorithm + " key";
    }
}
