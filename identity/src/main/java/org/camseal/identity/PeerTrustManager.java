package org.camseal.identity;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.stream.Collectors;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import org.camseal.identity.SignerTrust.Trusted;
import org.camseal.identity.SignerTrust.Untrusted;
import org.jspecify.annotations.Nullable;

/** Asks a peer rule. Being an extended trust manager, it decides alone: JSSE adds no check of host names. */
final class PeerTrustManager extends X509ExtendedTrustManager {
    private final PeerRule rule;

    PeerTrustManager(PeerRule rule) {
        this.rule = rule;
    }

    private void check(X509Certificate @Nullable [] shown) throws CertificateException {
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

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, @Nullable Socket socket)
            throws CertificateException {
        check(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, @Nullable Socket socket)
            throws CertificateException {
        check(chain);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, @Nullable SSLEngine engine)
            throws CertificateException {
        check(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, @Nullable SSLEngine engine)
            throws CertificateException {
        check(chain);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        check(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        check(chain);
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
