package org.camseal.web;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * A plain HTTP port that says one thing: the same, by HTTPS. It reads no body, knows no path and has no cookie, so nothing can be learnt or
 * changed through it. Runs until closed.
 */
public final class HttpsRedirect implements AutoCloseable {
    private static final int THREADS = 8;
    private static final int CONNECTIONS = 64;
    private static final int IDLE_MILLIS = 10_000;
    private static final int HTTPS = 443;
    private static final Pattern HOST = Pattern.compile("([A-Za-z0-9.-]{1,253}|\\[[0-9A-Fa-f:.]{2,45}])(:[0-9]{1,5})?");
    private static final Pattern TARGET = Pattern.compile("/[!-~&&[^\"<>\\\\^`{|}]]{0,2047}");

    private final Server server;
    private final ServerConnector connector;

    private HttpsRedirect(Server server, ServerConnector connector) {
        this.server = server;
        this.connector = connector;
    }

    /**
     * Listens.
     *
     * @param bind address and port; port 0 takes a free one
     * @param httpsPort where the pages are, on the same address
     * @throws WebException.CannotStart if the port is taken or may not be used
     */
    public static HttpsRedirect start(InetSocketAddress bind, int httpsPort) throws WebException.CannotStart {
        QueuedThreadPool threads = new QueuedThreadPool(THREADS);
        threads.setName("redirect");
        threads.setDaemon(true);
        threads.setVirtualThreadsExecutor(Executors.newVirtualThreadPerTaskExecutor());
        Server server = new Server(threads);
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        http.setSendDateHeader(false);
        ServerConnector connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
        connector.setHost(bind.getAddress().getHostAddress());
        connector.setPort(bind.getPort());
        connector.setIdleTimeout(IDLE_MILLIS);
        server.addConnector(connector);
        server.addBean(new NetworkConnectionLimit(CONNECTIONS, connector));
        server.setStopTimeout(0);
        server.setHandler(new Elsewhere(httpsPort));
        HttpsRedirect redirect = new HttpsRedirect(server, connector);
        try {
            connector.open();
            server.start();
            return redirect;
        } catch (Exception e) {
            redirect.close();
            throw new WebException.CannotStart(
                    "cannot listen on " + bind.getHostString() + " port " + bind.getPort() + ": " + e.getMessage()
                            + "; choose another port, or none",
                    e);
        }
    }

    /** The port it listens on. */
    public int port() {
        return connector.getLocalPort();
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) {
            System.getLogger(HttpsRedirect.class.getName())
                    .log(System.Logger.Level.WARNING, "the redirect did not end cleanly", e);
        }
        connector.close();
    }

    private static final class Elsewhere extends Handler.Abstract {
        private final int httpsPort;

        Elsewhere(int httpsPort) {
            this.httpsPort = httpsPort;
        }

        @Override
        public boolean handle(Request request, Response response, Callback callback) throws IOException {
            SecurityHeaders.always()
                    .forEach((name, value) -> response.getHeaders().put(name, value));
            response.getHeaders().put("Connection", "close");
            String host = request.getHeaders().get("Host");
            String target = request.getHttpURI().getPathQuery();
            if (host == null || !HOST.matcher(host).matches()) {
                response.setStatus(400);
            } else {
                String name = host.replaceFirst(":[0-9]{1,5}$", "");
                String place =
                        target != null && TARGET.matcher(target).matches() && !target.startsWith("//") ? target : "/";
                // 308 keeps the method, so a request with a password in it that came here by mistake is sent again
                // whole,
                // and not taken for a success.
                response.setStatus(308);
                response.getHeaders()
                        .put("Location", "https://" + name + (httpsPort == HTTPS ? "" : ":" + httpsPort) + place);
            }
            callback.succeeded();
            return true;
        }
    }
}
