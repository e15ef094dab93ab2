package org.camseal.onvif.keystore;

import org.camseal.identity.IdentityException;

/** Which certificate HTTPS shows. Whoever runs the camera implements it. */
public interface ServedCertificate {
    /** Whose certificate. */
    enum Choice {
        /** The one the camera left the factory with. */
        MAKER,
        /** The owner's. */
        OWNER
    }

    Choice choice();

    /**
     * Shows that one from the next connection on; the owner's as it is installed now.
     *
     * @throws IdentityException if the owner's is not there, or the choice cannot be kept
     */
    void choose(Choice choice) throws IdentityException;
}
