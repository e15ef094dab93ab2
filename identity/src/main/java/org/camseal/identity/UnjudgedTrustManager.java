package org.camseal.identity;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * For servers that judge their clients later: any short chain passes the handshake, which proves possession of its key alone. No server
 * is ever accepted, so the context cannot be used as a client.
 */
final class UnjudgedTrustManager extends X509ExtendedTrustManager {
    private static void bound(X509Certificate @Nullable [] chain) throws CertificateException {
        if (chain == null || chain.length == 0 || chain.length > TrustEvaluator.MAX_CHAIN + 1) {
            throw new CertificateException(
                    "a chain has 1 to " + (TrustEvaluator.MAX_CHAIN + 1) + " certificates, the root included");
        }
    }

    private static void refuse() throws CertificateException {
        throw new CertificateException("no server is trusted here: this context is a server's");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, @Nullable Socket socket)
            throws CertificateException {
        bound(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, @Nullable Socket socket)
            throws CertificateException {
        refuse();
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, @Nullable SSLEngine engine)
            throws CertificateException {
        bound(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, @Nullable SSLEngine engine)
            throws CertificateException {
        refuse();
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        bound(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        refuse();
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}
