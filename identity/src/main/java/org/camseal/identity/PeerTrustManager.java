package org.camseal.identity;

import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.stream.Collectors;
import org.camseal.identity.SignerTrust.Trusted;
import org.camseal.identity.SignerTrust.Untrusted;
import org.jspecify.annotations.Nullable;

/** Asks a peer rule. */
final class PeerTrustManager extends OneRuleTrustManager {
    private final PeerRule rule;

    PeerTrustManager(PeerRule rule) {
        this.rule = rule;
    }

    @Override
    void check(X509Certificate @Nullable [] shown) throws CertificateException {
        List<X509Certificate> chain = shown == null ? List.of() : List.of(shown);
        switch (rule.trust().evaluate(chain, rule.clock().instant(), rule.purposes())) {
            case Untrusted(SignerTrust.Reason reason, String detail) ->
                throw new CertificateException(
                        "the TLS peer is not trusted as " + wanted() + ": " + reason + ": " + detail);
            case Trusted trusted -> {
                String expected = rule.serial().orElse(trusted.serial());
                if (!expected.equals(trusted.serial())) {
                    throw new CertificateException("the TLS peer is " + trusted.serial() + " (" + trusted.name()
                            + "), but " + expected + " was expected: wrong address, or another device answers there");
                }
            }
        }
    }

    private String wanted() {
        return rule.purposes().stream().sorted().map(Purpose::description).collect(Collectors.joining(" or "));
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
