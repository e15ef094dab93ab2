package org.camseal.camera;

import java.util.List;
import org.camseal.identity.CertifiedKey;
import org.camseal.identity.Identity;
import org.camseal.identity.IdentityException;

/**
 * A camera's two keys, which never leave their element.
 *
 * @param tls for its connections
 * @param media signs one certificate at each start of the stream
 */
public record CameraKeys(CertifiedKey tls, CertifiedKey media) {
    /**
     * Those of an enrolled camera.
     *
     * @throws CameraException.UnfitIdentity if it is not enrolled, or no camera's
     */
    public static CameraKeys of(Identity identity) throws CameraException.UnfitIdentity {
        try {
            return new CameraKeys(identity.tls(), identity.media());
        } catch (IdentityException e) {
            throw new CameraException.UnfitIdentity(String.valueOf(e.getMessage()), e);
        }
    }

    /** A stream that carries another camera's name would not be believed by anybody. */
    void requireSerial(String camera) throws CameraException.UnfitIdentity {
        for (CertifiedKey key : List.of(tls, media)) {
            if (!key.serial().equals(camera)) {
                throw new CameraException.UnfitIdentity(
                        "the settings name the camera \"" + camera + "\", its certificate \"" + key.serial()
                                + "\": use the identity of this camera, or its serial number");
            }
        }
    }
}
