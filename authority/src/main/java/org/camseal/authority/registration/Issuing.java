package org.camseal.authority.registration;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import org.camseal.authority.AuthorityException;
import org.camseal.authority.register.CertificateRow;
import org.camseal.identity.CertificateRequest;

/** What signs what the registration authority decided: the device CA here, or another authority elsewhere. Safe for use by several threads. */
public interface Issuing {
    /** The authority whose name its certificates bear. */
    X509Certificate authority();

    /** The certificates between a device's and the root, the issuer's first, without the root. */
    List<X509Certificate> chain();

    /** Who tells the world what became of its certificates. */
    Revoking revoking();

    /**
     * Makes the certificate that an intent describes. Asked twice for the same intent, both answers are the same certificate but for the
     * signature's random part; only one is ever given out.
     *
     * @param intent as it stands in the register, durably
     * @param request what was asked; empty when an intent is taken up again after a crash, and the request is gone
     * @return the device's certificate, its signature checked; empty if it cannot be made without the request
     * @throws AuthorityException if it was not signed
     * @throws InterruptedException if the waiting thread was interrupted
     */
    Optional<X509Certificate> issue(CertificateRow intent, Optional<CertificateRequest> request)
            throws AuthorityException, InterruptedException;
}
