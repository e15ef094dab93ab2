package org.camseal.camera;

import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPublicKey;
import java.util.List;
import java.util.Optional;
import org.camseal.identity.CertifiedKey;
import org.camseal.identity.IdentityException;
import org.camseal.identity.Slot;
import org.camseal.signing.KeyKind;
import org.camseal.signing.SigningAlgorithm;
import org.camseal.signing.SigningException;
import org.camseal.signing.SigningKey;
import org.camseal.signing.wire.HashAlgorithm;

/**
 * A media key in a camera's secure element, the maker's or the owner's, as signing clear video wants it.
 *
 * @param algorithm the key's own
 */
public record ElementSigningKey(CertifiedKey key, SigningAlgorithm algorithm) implements SigningKey {
    /**
     * The media key, if media signing knows its kind.
     *
     * @throws CameraException.UnfitIdentity if it does not
     */
    public static ElementSigningKey of(CertifiedKey key) throws CameraException.UnfitIdentity {
        SigningAlgorithm algorithm = switch (key.key().algorithm()) {
            case ES256 -> new SigningAlgorithm(KeyKind.ECDSA_P256, HashAlgorithm.SHA_256);
            case ES384 -> new SigningAlgorithm(KeyKind.ECDSA_P384, HashAlgorithm.SHA_384);
            case PS256 -> new SigningAlgorithm(rsa(key), HashAlgorithm.SHA_256);
        };
        return new ElementSigningKey(key, algorithm);
    }

    private static KeyKind rsa(CertifiedKey key) throws CameraException.UnfitIdentity {
        int bits = key.key().publicKey() instanceof RSAPublicKey rsa
                ? rsa.getModulus().bitLength()
                : 0;
        Optional<KeyKind> kind = KeyKind.ofRsaBits(bits);
        if (kind.isEmpty()) {
            throw new CameraException.UnfitIdentity(
                    "the media key is RSA of " + bits
                            + " bits, which media signing does not know: give the camera a key on P-256, or switch signing off");
        }
        return kind.get();
    }

    @Override
    public List<X509Certificate> chain() {
        return key.chain();
    }

    @Override
    public boolean userProvisioned() {
        return key.key().slot() == Slot.MEDIA_CUSTOM;
    }

    @Override
    public byte[] sign(byte[] document) throws SigningException.KeyFailed {
        try {
            return key.key().sign(document);
        } catch (IdentityException e) {
            throw new SigningException.KeyFailed("the media key cannot sign: " + e.getMessage(), e);
        }
    }
}
