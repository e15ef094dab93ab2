package org.camseal.identity;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLContextSpi;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;

/** An SSLContext whose every socket and engine begins with our settings, so that nobody has to remember them. */
final class StrictTlsContext extends SSLContext {
    /** Resumption spares a handshake; after so long the peer's certificate is looked at again. */
    private static final int SESSION_SECONDS = 600;

    private static final List<String> PROTOCOLS = List.of("TLSv1.3", "TLSv1.2");

    /** Authenticated encryption with ephemeral key exchange (RFC 9325 section 4.2); the first three are TLS 1.3's. */
    private static final List<String> CIPHER_SUITES = List.of(
            "TLS_AES_256_GCM_SHA384",
            "TLS_AES_128_GCM_SHA256",
            "TLS_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256");

    /** Curves alone: whoever asks for powers in large finite fields costs the server much (RFC 9325 section 4.2). */
    private static final List<String> GROUPS = List.of("x25519", "secp256r1", "secp384r1", "secp521r1", "x448");

    static {
        // The platform reads it once, at the first handshake of a server. Negotiating anew is for TLS 1.2 alone, costs
        // the server as much
        // as a handshake each time, and nobody here needs it.
        System.setProperty("jdk.tls.rejectClientInitiatedRenegotiation", "true");
    }

    /** What a server asks of its clients. */
    enum Clients {
        ANONYMOUS,
        ASKED,
        CERTIFIED
    }

    private StrictTlsContext(Spi spi, SSLContext context) {
        super(spi, context.getProvider(), context.getProtocol());
    }

    static SSLContext over(SSLContext context, Clients clients) {
        context.getServerSessionContext().setSessionTimeout(SESSION_SECONDS);
        context.getClientSessionContext().setSessionTimeout(SESSION_SECONDS);
        return new StrictTlsContext(new Spi(context, clients), context);
    }

    private static final class Spi extends SSLContextSpi {
        private final SSLContext context;
        private final Clients clients;

        Spi(SSLContext context, Clients clients) {
            this.context = context;
            this.clients = clients;
        }

        SSLParameters parameters() {
            SSLParameters parameters = context.getDefaultSSLParameters();
            parameters.setProtocols(PROTOCOLS.toArray(String[]::new));
            List<String> known =
                    Arrays.asList(context.getSupportedSSLParameters().getCipherSuites());
            parameters.setCipherSuites(
                    CIPHER_SUITES.stream().filter(known::contains).toArray(String[]::new));
            parameters.setUseCipherSuitesOrder(true);
            parameters.setNamedGroups(GROUPS.toArray(String[]::new));
            switch (clients) {
                case ANONYMOUS -> parameters.setNeedClientAuth(false);
                case ASKED -> parameters.setWantClientAuth(true);
                case CERTIFIED -> parameters.setNeedClientAuth(true);
            }
            return parameters;
        }

        @Override
        protected void engineInit(KeyManager[] keys, TrustManager[] trust, SecureRandom random) {
            throw new IllegalStateException("this TLS context is ready made and cannot be changed");
        }

        @Override
        protected SSLSocketFactory engineGetSocketFactory() {
            return new Sockets(context.getSocketFactory(), parameters());
        }

        @Override
        protected SSLServerSocketFactory engineGetServerSocketFactory() {
            return new ServerSockets(context.getServerSocketFactory(), parameters());
        }

        @Override
        protected SSLEngine engineCreateSSLEngine() {
            return set(context.createSSLEngine());
        }

        @Override
        protected SSLEngine engineCreateSSLEngine(String host, int port) {
            return set(context.createSSLEngine(host, port));
        }

        private SSLEngine set(SSLEngine engine) {
            engine.setSSLParameters(parameters());
            return engine;
        }

        @Override
        protected SSLSessionContext engineGetServerSessionContext() {
            return context.getServerSessionContext();
        }

        @Override
        protected SSLSessionContext engineGetClientSessionContext() {
            return context.getClientSessionContext();
        }

        @Override
        protected SSLParameters engineGetDefaultSSLParameters() {
            return parameters();
        }

        /** Users that choose from what is supported (Jetty, java.net.http) choose from ours. */
        @Override
        protected SSLParameters engineGetSupportedSSLParameters() {
            return parameters();
        }
    }

    private static final class Sockets extends SSLSocketFactory {
        private final SSLSocketFactory factory;
        private final SSLParameters parameters;

        Sockets(SSLSocketFactory factory, SSLParameters parameters) {
            this.factory = factory;
            this.parameters = parameters;
        }

        private Socket set(Socket socket) {
            ((SSLSocket) socket).setSSLParameters(parameters);
            return socket;
        }

        @Override
        public String[] getDefaultCipherSuites() {
            return parameters.getCipherSuites();
        }

        @Override
        public String[] getSupportedCipherSuites() {
            return parameters.getCipherSuites();
        }

        @Override
        public Socket createSocket() throws IOException {
            return set(factory.createSocket());
        }

        @Override
        public Socket createSocket(Socket socket, String host, int port, boolean autoClose) throws IOException {
            return set(factory.createSocket(socket, host, port, autoClose));
        }

        @Override
        public Socket createSocket(Socket socket, InputStream consumed, boolean autoClose) throws IOException {
            return set(factory.createSocket(socket, consumed, autoClose));
        }

        @Override
        public Socket createSocket(String host, int port) throws IOException {
            return set(factory.createSocket(host, port));
        }

        @Override
        public Socket createSocket(String host, int port, InetAddress localHost, int localPort) throws IOException {
            return set(factory.createSocket(host, port, localHost, localPort));
        }

        @Override
        public Socket createSocket(InetAddress host, int port) throws IOException {
            return set(factory.createSocket(host, port));
        }

        @Override
        public Socket createSocket(InetAddress host, int port, InetAddress localAddress, int localPort)
                throws IOException {
            return set(factory.createSocket(host, port, localAddress, localPort));
        }
    }

    private static final class ServerSockets extends SSLServerSocketFactory {
        private final SSLServerSocketFactory factory;
        private final SSLParameters parameters;

        ServerSockets(SSLServerSocketFactory factory, SSLParameters parameters) {
            this.factory = factory;
            this.parameters = parameters;
        }

        private ServerSocket set(ServerSocket socket) {
            ((SSLServerSocket) socket).setSSLParameters(parameters);
            return socket;
        }

        @Override
        public String[] getDefaultCipherSuites() {
            return parameters.getCipherSuites();
        }

        @Override
        public String[] getSupportedCipherSuites() {
            return parameters.getCipherSuites();
        }

        @Override
        public ServerSocket createServerSocket() throws IOException {
            return set(factory.createServerSocket());
        }

        @Override
        public ServerSocket createServerSocket(int port) throws IOException {
            return set(factory.createServerSocket(port));
        }

        @Override
        public ServerSocket createServerSocket(int port, int backlog) throws IOException {
            return set(factory.createServerSocket(port, backlog));
        }

        @Override
        public ServerSocket createServerSocket(int port, int backlog, InetAddress address) throws IOException {
            return set(factory.createServerSocket(port, backlog, address));
        }
    }
}
