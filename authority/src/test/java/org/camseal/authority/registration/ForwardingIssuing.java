package org.camseal.authority.registration;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import org.camseal.authority.AuthorityException;
import org.camseal.authority.register.CertificateRow;
import org.camseal.identity.CertificateRequest;

/** Issues like another one; a test changes what it is about. */
abstract class ForwardingIssuing implements Issuing {
    private final Issuing real;

    ForwardingIssuing(Issuing real) {
        this.real = real;
    }

    @Override
    public X509Certificate authority() {
        return real.authority();
    }

    @Override
    public List<X509Certificate> chain() {
        return real.chain();
    }

    @Override
    public Revoking revoking() {
        return real.revoking();
    }

    @Override
    public Optional<X509Certificate> issue(CertificateRow intent, Optional<CertificateRequest> request)
            throws AuthorityException, InterruptedException {
        return real.issue(intent, request);
    }
}
