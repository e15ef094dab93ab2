package org.camseal.manifest;

import java.security.GeneralSecurityException;
import java.security.interfaces.ECPublicKey;
import java.util.function.UnaryOperator;

/** A session key whose signatures are given from outside, so that whole sealed streams can be known answers. */
public final class KnownSessionKey {
    private KnownSessionKey() {}

    /** @param signer from a message to r and s, 64 bytes */
    public static SessionKey of(ECPublicKey publicKey, UnaryOperator<byte[]> signer) {
        return new SessionKey(publicKey, message -> {
            byte[] signature = signer.apply(message);
            if (signature.length != 64) {
                throw new GeneralSecurityException("64 bytes expected");
            }
            return signature;
        });
    }
}
