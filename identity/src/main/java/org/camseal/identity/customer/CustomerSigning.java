package org.camseal.identity.customer;

import java.nio.file.Path;
import org.camseal.identity.Identity;
import org.camseal.identity.Slot;

/**
 * The owner's own certificate for signing clear video (ONVIF Media Signing), whose key is in {@link Slot#MEDIA_CUSTOM}. It proves that the video is the
 * owner's, to whoever has their authority's root; that a camera of its maker made it, the maker's media key proves alone.
 */
public final class CustomerSigning extends CustomerCertificate {
    private CustomerSigning(Path directory, Identity identity) {
        super(directory, identity, CustomerUse.SIGNING);
    }

    /**
     * @param directory the identity's directory
     * @param identity the identity in it
     */
    public static CustomerSigning of(Path directory, Identity identity) {
        return new CustomerSigning(directory, identity);
    }
}
