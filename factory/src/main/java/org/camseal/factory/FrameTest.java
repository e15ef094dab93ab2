package org.camseal.factory;

import java.security.cert.X509Certificate;
import org.camseal.identity.CertifiedKey;

/** Has a camera's media key sign a picture, and checks it as a witness would. Given by whoever knows video; this module does not. */
@FunctionalInterface
public interface FrameTest {
    /**
     * Signs and checks one test picture.
     *
     * @param media the camera's media key and chain
     * @param deviceRoot whom the witness believes
     * @return what was found, for the report; a few words
     * @throws FactoryException.TestFailed with {@link FailureCause#FRAME} if it is not authentic, or not the camera's
     */
    String signAndCheck(CertifiedKey media, X509Certificate deviceRoot) throws FactoryException.TestFailed;
}
