package org.camseal.identity;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * TLS 1.2 and 1.3 as it is used here: keys through handles, peers by root, purpose and serial, forward secrecy and authenticated
 * ciphers only. What is set here is set in every socket and engine of the context, so a server made with {@link #mutualServer} asks
 * for a client certificate without its user doing anything.
 *
 * <p>A peer that is refused shows as an {@link javax.net.ssl.SSLHandshakeException} whose message names the reason.
 */
public final class TlsContexts {
    private TlsContexts() {}

    /** A server that asks clients for no certificate. */
    public static SSLContext server(CertifiedKey own) {
        return server(() -> own);
    }

    /**
     * A server that asks clients for no certificate, and shows each new connection the certificate that is chosen then. A connection that is
     * there stays as it is, and a client that resumes its session, for ten minutes at most, is not shown another.
     *
     * @param own asked at each handshake; must return soon
     */
    public static SSLContext server(Supplier<CertifiedKey> own) {
        return context(new HandleKeyManager(own), new NobodyTrustManager(), StrictTlsContext.Clients.ANONYMOUS);
    }

    /** A server that refuses clients without a certificate that fits the rule. */
    public static SSLContext mutualServer(CertifiedKey own, PeerRule clients) {
        return context(new HandleKeyManager(own), new PeerTrustManager(clients), StrictTlsContext.Clients.CERTIFIED);
    }

    /**
     * A server that asks clients for a certificate and takes whatever they show, or nothing. The handshake proves that the client has the
     * key, and nothing more: who uses the session MUST judge {@link #peerChain} by a {@link TrustEvaluator} before believing it. For
     * servers that answer a stranger with a reason instead of a broken handshake.
     */
    public static SSLContext askingServer(CertifiedKey own) {
        return askingServer(() -> own);
    }

    /**
     * The same, of a server whose certificate is renewed while it runs: connections go on as they are, and handshakes from then on show the new
     * one.
     *
     * @param own asked in each handshake; always the same key, with the chain that it has now
     */
    public static SSLContext askingServer(Supplier<CertifiedKey> own) {
        return context(new HandleKeyManager(own), new UnjudgedTrustManager(), StrictTlsContext.Clients.ASKED);
    }

    /** A client that shows no certificate of its own. */
    public static SSLContext client(PeerRule server) {
        return context(null, new PeerTrustManager(server), StrictTlsContext.Clients.ANONYMOUS);
    }

    /** A client that shows its certificate if asked. */
    public static SSLContext client(CertifiedKey own, PeerRule server) {
        return context(new HandleKeyManager(own), new PeerTrustManager(server), StrictTlsContext.Clients.ANONYMOUS);
    }

    /**
     * A client that shows its certificate if asked, of a server elsewhere: one that is known as the web knows servers, by its host name and a
     * path (PKIX) to one of these roots. The user of the context MUST have the host name checked, as {@code java.net.http} does.
     */
    public static SSLContext clientElsewhere(CertifiedKey own, List<X509Certificate> roots) {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            for (int i = 0; i < roots.size(); i++) {
                store.setCertificateEntry("root-" + i, roots.get(i));
            }
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(store);
            return context(
                    new HandleKeyManager(own), factory.getTrustManagers()[0], StrictTlsContext.Clients.ANONYMOUS);
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("every Java platform has PKIX", e);
        }
    }

    /** The chain that the peer of a session proved to have the key of; empty if it showed none. */
    public static List<X509Certificate> peerChain(SSLSession session) {
        try {
            List<X509Certificate> chain = new ArrayList<>();
            for (Certificate certificate : session.getPeerCertificates()) {
                chain.add((X509Certificate) certificate);
            }
            return List.copyOf(chain);
        } catch (SSLPeerUnverifiedException e) {
            return List.of();
        }
    }

    private static SSLContext context(@Nullable KeyManager key, TrustManager trust, StrictTlsContext.Clients clients) {
        HandleProvider.install();
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(
                    key == null ? new KeyManager[0] : new KeyManager[] {key},
                    new TrustManager[] {trust},
                    new SecureRandom());
            return StrictTlsContext.over(context, clients);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has TLS", e);
        }
    }
}
