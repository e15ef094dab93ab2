package org.camseal.manifest;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;

/**
 * Who vouches for a group: the key that signed its manifest, and the certificates of the media key that vouches for that key. All
 * signatures from the chain's leaf down to the manifest verify; whether the chain is to be trusted, and whether the leaf belongs to the
 * camera named, is NOT said here: ask the identity module, and compare its serial number with {@link #camera}.
 *
 * @param chain leaf first, without the root, 1 to 4
 * @param session the session key
 * @param camera the camera id the leaf vouched for
 * @param notBefore first second of the session certificate
 * @param notAfter last second of the session certificate
 */
public record Signer(
        List<X509Certificate> chain, SessionId session, String camera, Instant notBefore, Instant notAfter) {
    public Signer {
        chain = List.copyOf(chain);
    }

    /** The media key's own certificate. */
    public X509Certificate leaf() {
        return chain.getFirst();
    }
}
