package org.camseal.identity;

import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Asks a peer rule. */
final class PeerTrustManager extends OneRuleTrustManager {
    private final PeerRule rule;

    PeerTrustManager(PeerRule rule) {
        this.rule = rule;
    }

    @Override
    void check(X509Certificate @Nullable [] shown) throws CertificateException {
        Optional<String> complaint = rule.complaint(shown == null ? List.of() : List.of(shown));
        if (complaint.isPresent()) {
            throw new CertificateException(complaint.get());
        }
    }

    /** Which authorities a server names when it asks for a certificate: the roots. */
    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return rule.purposes().stream()
                .flatMap(purpose -> rule.trust().roots().of(purpose).stream())
                .distinct()
                .toArray(X509Certificate[]::new);
    }
}
