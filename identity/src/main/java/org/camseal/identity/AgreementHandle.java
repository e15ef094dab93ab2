package org.camseal.identity;

import java.security.interfaces.ECPublicKey;

/** A way to use a private key-agreement key without having it: it opens grants. Safe for use by several threads. */
public interface AgreementHandle {
    ECPublicKey publicKey();

    /**
     * ECDH: the x coordinate of the shared point, as long as a coordinate of the curve (RFC 9180 section 4.1, DH). The caller wipes it.
     *
     * @throws IdentityException if the peer's key is not a point of this key's curve, or the key was destroyed
     */
    byte[] agree(ECPublicKey peer) throws IdentityException;
}
