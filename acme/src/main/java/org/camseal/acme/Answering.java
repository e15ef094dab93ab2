package org.camseal.acme;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.shredzone.acme4j.Identifier;
import org.shredzone.acme4j.challenge.Http01Challenge;
import org.shredzone.acme4j.challenge.TlsAlpn01Challenge;

/** Answers the authority's question about one name, and nothing else, until it is closed. */
sealed interface Answering extends AutoCloseable {
    @Override
    void close();

    /** http-01: one text at one path. */
    final class OverHttp implements Answering {
        private final HttpServer server;
        private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

        OverHttp(InetSocketAddress listen, Http01Challenge challenge) throws IOException {
            byte[] answer = challenge.getAuthorization().getBytes(StandardCharsets.US_ASCII);
            String path = "/.well-known/acme-challenge/" + challenge.getToken();
            server = HttpServer.create(listen, 16);
            server.setExecutor(threads);
            server.createContext("/", exchange -> answer(exchange, path, answer));
            server.start();
        }

        private static void answer(HttpExchange exchange, String path, byte[] answer) throws IOException {
            try (exchange) {
                boolean asked = exchange.getRequestMethod().equals("GET")
                        && exchange.getRequestURI().getPath().equals(path);
                exchange.getResponseHeaders().set("Content-Type", "application/octet-stream");
                exchange.sendResponseHeaders(asked ? 200 : 404, asked ? answer.length : -1);
                if (asked) {
                    exchange.getResponseBody().write(answer);
                }
            }
        }

        @Override
        public void close() {
            server.stop(0);
            threads.shutdownNow();
        }
    }

    /** tls-alpn-01: a handshake with the protocol acme-tls/1 and a certificate that holds the answer; its key lives as long. */
    final class OverTls implements Answering {
        private static final int MOST_AT_ONCE = 16;
        private static final int MOST_MILLIS = 10_000;

        private final SSLServerSocket socket;
        private final Semaphore places = new Semaphore(MOST_AT_ONCE);

        OverTls(InetSocketAddress listen, TlsAlpn01Challenge challenge, String name, SecureRandom random)
                throws IOException {
            try {
                KeyPair keys = AccountKey.rsa(random);
                SSLContext context = context(keys, challenge.createCertificate(keys, Identifier.dns(name)), random);
                socket = (SSLServerSocket) context.getServerSocketFactory().createServerSocket();
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("every Java platform has TLS", e);
            }
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setApplicationProtocols(new String[] {TlsAlpn01Challenge.ACME_TLS_1_PROTOCOL});
            socket.setSSLParameters(parameters);
            try {
                socket.bind(listen, MOST_AT_ONCE);
            } catch (IOException e) {
                socket.close();
                throw e;
            }
            Thread.ofVirtual().start(this::serve);
        }

        private static SSLContext context(KeyPair keys, X509Certificate certificate, SecureRandom random)
                throws GeneralSecurityException, IOException {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            char[] none = new char[0];
            store.setKeyEntry("question", keys.getPrivate(), none, new X509Certificate[] {certificate});
            KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            factory.init(store, none);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(factory.getKeyManagers(), null, random);
            return context;
        }

        private void serve() {
            while (!socket.isClosed()) {
                try {
                    Socket peer = socket.accept();
                    if (places.tryAcquire()) {
                        Thread.ofVirtual().start(() -> shakeHands((SSLSocket) peer));
                    } else {
                        peer.close();
                    }
                } catch (IOException e) {
                    // closed, or one that went away
                }
            }
        }

        /** The handshake is the whole answer. */
        private void shakeHands(SSLSocket peer) {
            try (peer) {
                peer.setSoTimeout(MOST_MILLIS);
                peer.startHandshake();
            } catch (IOException e) {
                // it asked for something else
            } finally {
                places.release();
            }
        }

        @Override
        public void close() {
            try {
                socket.close();
            } catch (IOException e) {
                // closed enough
            }
        }
    }
}
