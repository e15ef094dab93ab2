package org.camseal.signing;

import java.security.cert.X509Certificate;
import java.util.List;

/** A way to sign media without having the private key. It may take its time: whoever signs a stream does not wait for it. */
public interface SigningKey {
    /** What {@link #sign} computes; must fit the leaf's public key. */
    SigningAlgorithm algorithm();

    /** The certificates that vouch for the key: leaf first, then intermediates, without the root; 1 to 4. */
    List<X509Certificate> chain();

    /** True if the key is the device's user's, false if it is its manufacturer's: each SEI says which. */
    default boolean userProvisioned() {
        return false;
    }

    /**
     * Signs a document, hashing included. Called by whatever threads the signer's executor has, several at a time if that has several.
     *
     * @param document at most 1 MiB, not to be written to
     * @return an ECDSA signature in DER, or an RSASSA-PSS signature, MGF1 with the same hash, salt as long as fits (a salt of the digest's
     *     length is read too)
     * @throws SigningException.KeyFailed if the key cannot be used
     */
    byte[] sign(byte[] document) throws SigningException.KeyFailed;
}
