package org.camseal.identity;

import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import org.jspecify.annotations.Nullable;

/** For servers that ask for no certificate: one that comes nevertheless is refused, and the context cannot be used as a client. */
final class NobodyTrustManager extends OneRuleTrustManager {
    @Override
    void check(X509Certificate @Nullable [] shown) throws CertificateException {
        throw new CertificateException("no peer is trusted here: this is a server that asks for no certificates");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}
