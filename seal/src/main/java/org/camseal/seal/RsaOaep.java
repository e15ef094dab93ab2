package org.camseal.seal;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.MGF1ParameterSpec;
import javax.crypto.Cipher;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;

/** RSA-OAEP with SHA-256 for the hash and for MGF1 (RFC 8017 section 7.1). */
final class RsaOaep {
    static final int MIN_BITS = 2048;
    static final int MAX_BITS = 8192;

    private RsaOaep() {}

    static OAEPParameterSpec parameters(byte[] label) {
        return new OAEPParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, new PSource.PSpecified(label));
    }

    static byte[] wrap(RSAPublicKey key, byte[] label, byte[] message, SecureRandom random) {
        try {
            Cipher cipher = Cipher.getInstance("RSA/ECB/OAEPPadding");
            cipher.init(Cipher.ENCRYPT_MODE, key, parameters(label), random);
            return cipher.doFinal(message);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(
                    "this JDK does not do RSA-OAEP with a key of "
                            + key.getModulus().bitLength() + " bits",
                    e);
        }
    }
}
