package org.camseal.identity;

import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;

/**
 * A key for opening video and the chain that names the person who holds it.
 *
 * @param key the agreement handle
 * @param chain leaf first, without the root; the leaf is for this key
 */
public record CertifiedRecipient(AgreementHandle key, List<X509Certificate> chain) {
    /**
     * @throws IllegalArgumentException if the first certificate is not for this key
     */
    public CertifiedRecipient {
        chain = List.copyOf(chain);
        if (chain.isEmpty()
                || !Arrays.equals(
                        chain.getFirst().getPublicKey().getEncoded(),
                        key.publicKey().getEncoded())) {
            throw new IllegalArgumentException("the first certificate is not for this key");
        }
    }
}
