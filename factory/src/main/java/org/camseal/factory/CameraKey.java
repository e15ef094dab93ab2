package org.camseal.factory;

import org.camseal.identity.CertificateProfile;
import org.camseal.identity.Slot;

/** The two keys that every camera has. */
enum CameraKey {
    TLS(Slot.TLS, CertificateProfile.DEVICE_TLS),
    MEDIA(Slot.MEDIA, CertificateProfile.MEDIA_SIGNING);

    private final Slot slot;
    private final CertificateProfile profile;

    CameraKey(Slot slot, CertificateProfile profile) {
        this.slot = slot;
        this.profile = profile;
    }

    Slot slot() {
        return slot;
    }

    CertificateProfile profile() {
        return profile;
    }
}
