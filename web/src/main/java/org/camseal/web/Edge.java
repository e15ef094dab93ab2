package org.camseal.web;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jetty.http.HttpCookie;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Fields;

/** Where Jetty's request becomes ours: guards, then the route, then the answer. */
final class Edge extends Handler.Abstract {
    private static final System.Logger LOG = System.getLogger(Edge.class.getName());

    /** A body that takes longer than this is not waited for. */
    private static final Duration BODY_TIME = Duration.ofSeconds(60);

    private static final String BODY_READ = Edge.class.getName() + ".bodyRead";
    private static final Set<String> BODILESS = Set.of("GET", "HEAD");

    private final WebSettings settings;
    private final Routes routes;
    private final HostGuard hosts;
    private final AccessGuard access;
    private final LiveStreams streams;

    Edge(WebSettings settings, Routes routes, HostGuard hosts, AccessGuard access, LiveStreams streams) {
        this.settings = settings;
        this.routes = routes;
        this.hosts = hosts;
        this.access = access;
        this.streams = streams;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        try {
            commonHeaders(response);
            ResponseWriter writer = new ResponseWriter(request, response, streams);
            try {
                answer(request, writer, response);
            } catch (WebException.Refused refused) {
                closeIfUnread(request, response);
                writer.write(ErrorBody.of(refused, header(request, "Accept")));
            } catch (WebException failed) {
                WebException.Refused refused = new WebException.Refused(502, failed.message(), "");
                writer.write(ErrorBody.of(refused, header(request, "Accept")));
            }
            callback.succeeded();
        } catch (IOException gone) {
            callback.failed(gone); // the client went away, or a stream was cut: nobody is left to tell
        } catch (WebException.Refused | RuntimeException bug) {
            LOG.log(System.Logger.Level.ERROR, () -> "request " + request.getId() + " failed", bug);
            fail(request, response, callback);
        }
        return true;
    }

    /** A body that nobody reads ends the connection: the client has to hear of it, or it sends its next request into the end. */
    private static void closeIfUnread(Request request, Response response) {
        boolean empty = request.getLength() == 0 || BODILESS.contains(request.getMethod());
        if (!empty && request.getAttribute(BODY_READ) == null) {
            response.getHeaders().put("Connection", "close");
        }
    }

    private void commonHeaders(Response response) {
        SecurityHeaders.always().forEach((name, value) -> response.getHeaders().put(name, value));
        if (settings.tls().isPresent()) {
            response.getHeaders().put("Strict-Transport-Security", SecurityHeaders.strictTransportSecurity());
        }
    }

    private void answer(Request request, ResponseWriter writer, Response response) throws IOException, WebException {
        access.checkRate(remote(request));
        String method = request.getMethod();
        hosts.check(method, header(request, "Host"), header(request, "Origin"));
        List<String> path = RequestPath.parts(request.getHttpURI().getPath(), routes.opaque());
        Optional<StaticResources.File> open = routes.open(method, path);
        if (open.isPresent()) {
            writer.write(open.get());
            return;
        }
        Map<String, String> query = query(request);
        AccessGuard.Shown shown = new AccessGuard.Shown(
                "/" + String.join("/", path), query, cookies(request), header(request, "Authorization"));
        switch (access.check(shown)) {
            case AccessGuard.Decision.SetCookie(String cookie, String location) -> {
                response.getHeaders().put("Set-Cookie", cookie);
                response.getHeaders().put("Location", location);
                writer.write(WebResponse.noContent().withStatus(303));
            }
            case AccessGuard.Decision.Pass _ -> {
                switch (routes.match(method, path)) {
                    case Routes.Match.Resource(StaticResources.File file) -> writer.write(file);
                    case Routes.Match.OtherMethods(Set<String> methods) -> {
                        String allowed = String.join(", ", methods);
                        response.getHeaders().put("Allow", allowed);
                        throw new WebException.Refused(405, method + " is not for this path", "it takes " + allowed);
                    }
                    case Routes.Match.Handled(RouteHandler handler, Map<String, String> parameters) -> {
                        Envelope envelope = new Envelope(request, body(request));
                        // From here on it is the handler that is silent, as long as it bounds itself: a client that
                        // waits
                        // for an event is not idle.
                        request.addIdleTimeoutListener(_ -> false);
                        writer.write(handler.handle(new WebRequest(method, shown.path(), parameters, query, envelope)));
                    }
                }
            }
        }
    }

    private static InetAddress remote(Request request) {
        return Remote.address(request.getConnectionMetaData().getRemoteSocketAddress());
    }

    private byte[] body(Request request) throws IOException, WebException.Refused {
        int max = settings.maxBodyBytes();
        if (request.getLength() > max) {
            throw tooLarge(max);
        }
        long deadline = System.nanoTime() + BODY_TIME.toNanos();
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        byte[] buffer = new byte[8192];
        try (InputStream in = Request.asInputStream(request)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                body.write(buffer, 0, read);
                if (body.size() > max) {
                    throw tooLarge(max);
                }
                if (System.nanoTime() - deadline > 0) {
                    throw new WebException.Refused(408, "the body came too slowly", "");
                }
            }
        }
        request.setAttribute(BODY_READ, true);
        return body.toByteArray();
    }

    private static WebException.Refused tooLarge(int max) {
        return new WebException.Refused(413, "the body is larger than " + max + " bytes", "send less at a time");
    }

    private static Map<String, String> query(Request request) throws WebException.Refused {
        try {
            Map<String, String> query = new LinkedHashMap<>();
            for (Fields.Field field : Request.extractQueryParameters(request)) {
                query.putIfAbsent(field.getName(), field.getValue());
            }
            return query;
        } catch (RuntimeException e) {
            throw WebException.Refused.badRequest("the query after the ? is not understood");
        }
    }

    private static Map<String, String> cookies(Request request) {
        Map<String, String> cookies = new LinkedHashMap<>();
        for (HttpCookie cookie : Request.getCookies(request)) {
            cookies.putIfAbsent(cookie.getName(), cookie.getValue());
        }
        return cookies;
    }

    private static Optional<String> header(Request request, String name) {
        return Optional.ofNullable(request.getHeaders().get(name));
    }

    private void fail(Request request, Response response, Callback callback) {
        if (response.isCommitted()) {
            callback.failed(new IOException("the answer was cut"));
            return;
        }
        try {
            response.reset();
            commonHeaders(response);
            WebException.Refused refused = new WebException.Refused(
                    500, "this server made a mistake", "its log has more under request " + request.getId());
            new ResponseWriter(request, response, streams).write(ErrorBody.of(refused, header(request, "Accept")));
            callback.succeeded();
        } catch (IOException | WebException.Refused e) {
            callback.failed(e);
        }
    }

    /** The rest of a request. */
    private static final class Envelope implements WebRequest.Envelope {
        private final Request request;
        private final byte[] body;

        Envelope(Request request, byte[] body) {
            this.request = request;
            this.body = body;
        }

        @Override
        public byte[] body() {
            return body;
        }

        @Override
        public Optional<String> header(String name) {
            return Edge.header(request, name);
        }

        @Override
        public Optional<String> cookie(String name) {
            return Optional.ofNullable(cookies(request).get(name));
        }

        @Override
        public InetAddress from() {
            return remote(request);
        }

        @Override
        public List<X509Certificate> clientChain() {
            return Remote.chain(request.getConnectionMetaData().getConnection().getEndPoint());
        }
    }
}
