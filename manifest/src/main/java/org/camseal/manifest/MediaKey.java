package org.camseal.manifest;

import java.security.cert.X509Certificate;
import java.util.List;

/**
 * The camera's media signing key, wherever it lives (a secure element in a device). It signs once per session, never per picture.
 */
public interface MediaKey {
    /** The certificates that vouch for the key: leaf first, then intermediates, without the root; 1 to 4. */
    List<X509Certificate> chain();

    /** What {@link #sign} computes; must fit the leaf's public key. */
    CoseAlgorithm algorithm();

    /**
     * Signs a message, hashing included.
     *
     * @return an ECDSA signature in DER (as JCA and secure elements give it), or an RSASSA-PSS signature with SHA-256, MGF1-SHA-256 and
     *     a salt of 32 bytes
     * @throws ManifestException.KeyFailed if the key cannot be used
     */
    byte[] sign(byte[] message) throws ManifestException;
}
