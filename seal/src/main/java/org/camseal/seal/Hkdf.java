package org.camseal.seal;

import java.security.GeneralSecurityException;
import java.security.spec.AlgorithmParameterSpec;
import javax.crypto.KDF;
import javax.crypto.spec.HKDFParameterSpec;

/**
 * HKDF with SHA-256 (RFC 5869): from input keying material to keys. Stateless.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc5869">RFC 5869</a>
 */
final class Hkdf {
    static final int HASH_BYTES = 32;

    private Hkdf() {}

    /** RFC 5869 section 2.2: 32 bytes. An empty salt stands for 32 zero bytes. */
    static byte[] extract(byte[] salt, byte[] ikm) {
        return derive(HKDFParameterSpec.ofExtract()
                .addSalt(saltOf(salt))
                .addIKM(keyOf(ikm))
                .extractOnly());
    }

    /** RFC 5869 section 2.3. */
    static byte[] expand(byte[] prk, byte[] info, int length) {
        return derive(HKDFParameterSpec.expandOnly(keyOf(prk), info, length));
    }

    private static RawKey keyOf(byte[] bytes) {
        return RawKey.over("Generic", bytes);
    }

    private static byte[] saltOf(byte[] salt) {
        return salt.length == 0 ? new byte[HASH_BYTES] : salt;
    }

    private static byte[] derive(AlgorithmParameterSpec parameters) {
        try {
            return KDF.getInstance("HKDF-SHA256").deriveData(parameters);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK derives no HKDF-SHA256 keys", e);
        }
    }
}
