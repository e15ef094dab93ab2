package org.camseal.identity;

import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;

/**
 * A signing key and the chain that names its holder.
 *
 * @param key the key handle
 * @param chain leaf first, without the root; the leaf is for this key
 */
public record CertifiedKey(KeyHandle key, List<X509Certificate> chain) {
    /**
     * @throws IllegalArgumentException if the first certificate is not for this key
     */
    public CertifiedKey {
        chain = List.copyOf(chain);
        if (chain.isEmpty()
                || !Arrays.equals(
                        chain.getFirst().getPublicKey().getEncoded(),
                        key.publicKey().getEncoded())) {
            throw new IllegalArgumentException("the first certificate is not for this key");
        }
    }

    /** Who the chain names; the subject's serialNumber. */
    public String serial() {
        return Identity.subjectOf(chain.getFirst())
                .map(CertificateSubject::serial)
                .orElse("");
    }
}
