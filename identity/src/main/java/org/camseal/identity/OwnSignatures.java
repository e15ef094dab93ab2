package org.camseal.identity;

import java.security.GeneralSecurityException;
import java.security.SignatureException;
import java.security.cert.X509Certificate;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Checks what an authority's own key signed, before anybody gets it: an element that signs wrongly is found here, not in the field. The first
 * few certificates go through the platform's provider, so that who makes one does not wait for tables; whoever makes many gets those. Safe for
 * use by several threads.
 */
final class OwnSignatures {
    /** From then on tables are worth their making. */
    private static final int MANY = 16;

    /** ecdsa-with-SHA256 and SHA384: what a certificate signed with that algorithm says of itself. */
    private static final Map<SignatureAlgorithm, String> OIDS = Map.of(
            SignatureAlgorithm.ES256, "1.2.840.10045.4.3.2",
            SignatureAlgorithm.ES384, "1.2.840.10045.4.3.3");

    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicReference<@Nullable FixedKeyVerifier> tables = new AtomicReference<>();

    /**
     * Refuses a certificate whose signature is not that key's.
     *
     * @throws GeneralSecurityException if it is not, or cannot be one
     */
    void require(X509Certificate certificate, KeyHandle key) throws GeneralSecurityException {
        Optional<FixedKeyVerifier> verifier = verifier(key);
        if (verifier.isEmpty()) {
            certificate.verify(key.publicKey());
        } else if (!certificate.getSigAlgOID().equals(OIDS.get(key.algorithm()))
                || !verifier.get().verifies(certificate.getTBSCertificate(), certificate.getSignature())) {
            throw new SignatureException("the signature does not match the key " + KeyDigest.of(key.publicKey()));
        }
    }

    /** Empty for the first few, and for RSA, which is quick to verify as it is. */
    private Optional<FixedKeyVerifier> verifier(KeyHandle key) {
        if (!key.algorithm().isEcdsa() || asked.getAndUpdate(n -> Math.min(n + 1, MANY)) < MANY) {
            return Optional.empty();
        }
        FixedKeyVerifier known = tables.get();
        if (known != null && known.isFor(key.publicKey())) {
            return Optional.of(known);
        }
        Optional<FixedKeyVerifier> made = FixedKeyVerifier.of(key.publicKey(), key.algorithm());
        made.ifPresent(tables::set);
        return made;
    }
}
