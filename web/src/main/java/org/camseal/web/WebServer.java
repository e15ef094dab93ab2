package org.camseal.web;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.net.ssl.SSLContext;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * An HTTP/1.1 server: plain on the loopback address, HTTPS elsewhere, but for {@link Access.Everybody}. Each request has a virtual thread of its own, so one that waits
 * holds up no other. Runs until closed.
 */
public final class WebServer implements AutoCloseable {
    /** Selectors and acceptor; requests run on virtual threads. */
    private static final int PLATFORM_THREADS = 12;

    private static final Duration IDLE = Duration.ofSeconds(30);
    private static final int MAX_REQUEST_HEADER = 8 * 1024;

    /** Jetty tells of each start and end at INFO; kept here, because log settings are lost with the logger. */
    private static final Logger JETTY_LOG = Logger.getLogger("org.eclipse.jetty");

    /** Warns of each stream that the server's end interrupts while it is written, which is how streams end. */
    private static final Logger JETTY_BLOCKER_LOG = Logger.getLogger("org.eclipse.jetty.util.Blocker");

    /** Warns, with all that was called, of each handshake that fails, which is the client's affair. */
    private static final Logger JETTY_DETECTOR_LOG =
            Logger.getLogger("org.eclipse.jetty.server.DetectorConnectionFactory");

    private final Server server;
    private final ServerConnector connector;
    private final WebSettings settings;
    private final LiveStreams streams = new LiveStreams();

    private WebServer(WebSettings settings) {
        this.settings = settings;
        QueuedThreadPool threads = new QueuedThreadPool(PLATFORM_THREADS);
        threads.setName("web");
        threads.setDaemon(true);
        threads.setVirtualThreadsExecutor(Executors.newVirtualThreadPerTaskExecutor());
        this.server = new Server(threads);
        this.connector = new ServerConnector(server, 1, 1, new ConnectionFactory[0]);
    }

    /**
     * Starts a server.
     *
     * @throws WebException.CannotStart if the port is taken or may not be used, or if the settings would show plain HTTP to the network
     */
    public static WebServer start(WebSettings settings, Routes routes) throws WebException.CannotStart {
        return start(settings, routes, IDLE);
    }

    /** @param idle after how long a silent connection is ended, while no handler works for it */
    static WebServer start(WebSettings settings, Routes routes, Duration idle) throws WebException.CannotStart {
        requireSafe(settings);
        if (routes.other().isPresent() && !(settings.access() instanceof Access.Anyone)) {
            throw new IllegalArgumentException("another protocol would be a way around this server's access rule");
        }
        if (JETTY_LOG.getLevel() == null) {
            JETTY_LOG.setLevel(Level.WARNING);
            JETTY_BLOCKER_LOG.setLevel(Level.SEVERE);
            JETTY_DETECTOR_LOG.setLevel(Level.SEVERE);
        }
        WebServer web = new WebServer(settings);
        web.open(routes, idle);
        return web;
    }

    private void open(Routes routes, Duration idle) throws WebException.CannotStart {
        connector.setHost(settings.bind().getAddress().getHostAddress());
        connector.setPort(settings.bind().getPort());
        connector.setIdleTimeout(idle.toMillis());
        server.addConnector(connector);
        server.addBean(new NetworkConnectionLimit(settings.maxConnections(), connector));
        if (settings.access() instanceof Access.Everybody) {
            connector.addBean(new AddressShare(Math.max(1, settings.maxConnections() / 4)));
        }
        server.setErrorHandler(new MisunderstoodRequests());
        server.setStopTimeout(0);
        try {
            connector.open(); // now the port is known
            InetSocketAddress bound = new InetSocketAddress(settings.bind().getAddress(), connector.getLocalPort());
            HostGuard hosts = new HostGuard(settings, bound);
            connections(settings, routes.other().map(other -> new HandOver(other, hosts)))
                    .forEach(connector::addConnectionFactory);
            server.setHandler(new Edge(
                    settings,
                    routes,
                    hosts,
                    new AccessGuard(
                            settings.access(), bound.getPort(), settings.tls().isPresent()),
                    streams));
            server.start();
        } catch (Exception e) {
            close();
            throw cannotStart(e);
        }
    }

    private WebException.CannotStart cannotStart(Exception e) {
        String place = HostGuard.literal(settings.bind().getAddress()) + ":"
                + settings.bind().getPort();
        Throwable cause = e;
        while (cause != null) {
            if (cause instanceof BindException) {
                return new WebException.CannotStart(
                        "cannot listen on " + place + " (" + cause.getMessage()
                                + "): another program may have the port; choose another, or 0 for a free one",
                        e);
            }
            cause = cause.getCause();
        }
        return new WebException.CannotStart("cannot listen on " + place + ": " + e.getMessage(), e);
    }

    private static void requireSafe(WebSettings settings) throws WebException.CannotStart {
        InetAddress address = settings.bind().getAddress();
        if (address == null) {
            throw new WebException.CannotStart(
                    "the host " + settings.bind().getHostString() + " is not known: give an address of this machine");
        }
        if (settings.tls().isEmpty()
                && !address.isLoopbackAddress()
                && !(settings.access() instanceof Access.Everybody)) {
            throw new WebException.CannotStart("plain HTTP is for the loopback address only, not for "
                    + address.getHostAddress() + ": give the server a certificate, or bind it to 127.0.0.1");
        }
        if (settings.tls().isEmpty() && settings.clients() != ClientCertificates.AS_THE_CONTEXT_SAYS) {
            throw new WebException.CannotStart("client certificates need HTTPS: give the server a certificate");
        }
    }

    /** One behind the other: TLS, the look whether it is another protocol, HTTP. */
    private static List<ConnectionFactory> connections(WebSettings settings, Optional<HandOver> handOver) {
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        http.setSendDateHeader(false);
        http.setRequestHeaderSize(MAX_REQUEST_HEADER);
        // Jetty lets encoded slashes and empty parts through to RequestPath, which refuses them but where a route takes
        // base64.
        http.setUriCompliance(UriCompliance.DEFAULT.with(
                "base64",
                UriCompliance.Violation.AMBIGUOUS_PATH_SEPARATOR,
                UriCompliance.Violation.AMBIGUOUS_EMPTY_SEGMENT));
        // Certificates here name no hosts: peers know each other by serial, and HostGuard looks at the Host field.
        settings.tls().ifPresent(_ -> http.addCustomizer(new SecureRequestCustomizer(false)));
        Deque<ConnectionFactory> chain = new ArrayDeque<>();
        chain.push(new HttpConnectionFactory(http));
        handOver.ifPresent(look -> chain.push(look.inFrontOfHttp()));
        settings.tls()
                .ifPresent(tls -> chain.push(new SslConnectionFactory(
                        jettyTls(tls, settings.clients()), chain.getFirst().getProtocol())));
        return List.copyOf(chain);
    }

    private static SslContextFactory.Server jettyTls(SSLContext tls, ClientCertificates clients) {
        SslContextFactory.Server factory = new SslContextFactory.Server();
        factory.setSslContext(tls);
        factory.setRenegotiationAllowed(false);
        switch (clients) {
            case AS_THE_CONTEXT_SAYS -> {
                // what the context's engines begin with stays
            }
            case WANTED -> factory.setWantClientAuth(true);
            case REQUIRED -> factory.setNeedClientAuth(true);
        }
        return factory;
    }

    /** The port it listens on. */
    public int port() {
        return connector.getLocalPort();
    }

    /** Where it is, without a token: scheme, address, port and a slash. */
    public URI uri() {
        InetAddress address = settings.bind().getAddress();
        String host = address.isAnyLocalAddress() ? "localhost" : HostGuard.literal(address);
        return URI.create((settings.tls().isPresent() ? "https" : "http") + "://" + host + ":" + port() + "/");
    }

    /** What to open in a browser: with the token, if one is needed. For who started the program only. */
    public URI entryUri() {
        return switch (settings.access()) {
            case Access.Anyone _, Access.Everybody _ -> uri();
            case Access.WithToken(SessionToken token) -> uri().resolve("?token=" + token.text());
        };
    }

    /** Ends streams, closes connections, gives the port back. */
    @Override
    public void close() {
        streams.end();
        try {
            server.stop();
        } catch (Exception e) {
            System.getLogger(WebServer.class.getName())
                    .log(System.Logger.Level.WARNING, "the web server did not end cleanly", e);
        }
        connector.close();
    }

    /** What Jetty itself refuses: bytes that are no HTTP request, headers that are too large. */
    private static final class MisunderstoodRequests implements Request.Handler {
        @Override
        public boolean handle(
                Request request, org.eclipse.jetty.server.Response response, org.eclipse.jetty.util.Callback callback) {
            int status = response.getStatus() >= 400 ? response.getStatus() : 400;
            SecurityHeaders.always()
                    .forEach((name, value) -> response.getHeaders().put(name, value));
            WebException.Refused refused = new WebException.Refused(status, "this request is not understood", "");
            try {
                new ResponseWriter(request, response, new LiveStreams()).write(ErrorBody.of(refused, Optional.empty()));
                callback.succeeded();
            } catch (IOException | WebException.Refused e) {
                callback.failed(e);
            }
            return true;
        }
    }
}
