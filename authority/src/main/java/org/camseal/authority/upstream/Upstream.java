package org.camseal.authority.upstream;

import java.security.cert.X509Certificate;
import java.util.List;
import org.camseal.authority.AuthorityException;
import org.camseal.identity.CertificateProfile;
import org.camseal.identity.CertificateRequest;

/** How the authority behind this one is asked. Safe for use by several threads. */
public sealed interface Upstream permits EstUpstream, CmpUpstream {
    /**
     * Asks once, with the request as it came: the camera's own proof of possession goes along.
     *
     * @return the certificates of the answer, in any order; nothing about them was checked
     * @throws AuthorityException.Upstream if there is none: no answer, a refusal, or a wish to wait. Nobody knows then whether one was issued
     */
    List<X509Certificate> ask(CertificateProfile profile, CertificateRequest request)
            throws AuthorityException.Upstream, InterruptedException;
}
