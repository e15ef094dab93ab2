package org.camseal.camera;

import java.security.cert.X509Certificate;
import java.util.List;
import org.camseal.identity.CertifiedKey;
import org.camseal.identity.IdentityException;
import org.camseal.manifest.CoseAlgorithm;
import org.camseal.manifest.ManifestException;
import org.camseal.manifest.MediaKey;

/**
 * The media key in the camera's secure element, as sealing wants it.
 *
 * @param key with the chain that vouches for it; signing fails where its element does
 */
public record ElementMediaKey(CertifiedKey key) implements MediaKey {
    @Override
    public List<X509Certificate> chain() {
        return key.chain();
    }

    @Override
    public CoseAlgorithm algorithm() {
        return CoseAlgorithm.ofCode(key.key().algorithm().coseId()).orElseThrow();
    }

    @Override
    public byte[] sign(byte[] message) throws ManifestException.KeyFailed {
        try {
            return key.key().sign(message);
        } catch (IdentityException e) {
            throw new ManifestException.KeyFailed("the media key cannot sign: " + e.getMessage(), e);
        }
    }
}
