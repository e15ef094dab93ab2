package org.camseal.web;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a server answers to: handlers by method and path pattern, and folders of pages.
 *
 * <pre>{@code
 * Routes routes = new Routes()
 *         .get("/api/cameras", request -> WebResponse.json(cameras.list()))
 *         .get("/api/cameras/{serial}", request -> WebResponse.json(cameras.get(request.parameter("serial"))))
 *         .resources("/", Console.class, "pages")   // pages/index.html is served at /
 *         .shared();                                // /camseal/camseal.css and /camseal/dom.js
 * }</pre>
 *
 * <p>A pattern's part is either fixed text or {@code {name}}, which stands for one part of a path. Fixed text wins over a name. Handlers
 * come before folders; of folders, the one with the longest prefix. Not safe for changes while a server uses it.
 */
public final class Routes {
    private final List<Route> routes = new ArrayList<>();
    private final List<StaticResources> folders = new ArrayList<>();
    private final Set<String> opaque = new TreeSet<>();
    private @Nullable OtherProtocol other;

    /** GET, and HEAD with it. */
    public Routes get(String pattern, RouteHandler handler) {
        return add("GET", pattern, handler);
    }

    public Routes post(String pattern, RouteHandler handler) {
        return add("POST", pattern, handler);
    }

    public Routes put(String pattern, RouteHandler handler) {
        return add("PUT", pattern, handler);
    }

    public Routes delete(String pattern, RouteHandler handler) {
        return add("DELETE", pattern, handler);
    }

    /**
     * Takes all that is behind a prefix as one part of the path, slashes included, plain or encoded: for protocols that put base64 there (OCSP,
     * RFC 6960 appendix A). It may have the characters of base64 alone. A pattern has to be added too.
     *
     * @param prefix begins and ends with a slash, and has one part
     */
    public Routes opaque(String prefix) {
        opaque.add(prefix);
        return this;
    }

    /**
     * Hands over the connections whose first request asks for another protocol; at most one. For servers with {@link Access.Anyone}: who may
     * speak is the other protocol's to judge.
     */
    public Routes handOver(OtherProtocol protocol) {
        if (other != null) {
            throw new IllegalArgumentException("there is another protocol already");
        }
        other = protocol;
        return this;
    }

    Optional<OtherProtocol> other() {
        return Optional.ofNullable(other);
    }

    /** The prefixes of {@link #opaque}. */
    Set<String> opaque() {
        return opaque;
    }

    /**
     * Serves the files of a folder beside a class, from the class path: {@code index.html} for the prefix itself. Only known types of
     * files (pages, styles, scripts, pictures, fonts) are served.
     *
     * @param prefix begins and ends with a slash
     * @param beside a class in the module and package that has the folder
     * @param folder its name, without slashes at the ends
     */
    public Routes resources(String prefix, Class<?> beside, String folder) {
        return add(new StaticResources(prefix, beside, folder, StaticResources.Audience.ALLOWED));
    }

    /** Serves the look and the script helpers that all pages share, at {@code /camseal/}; without a token too. */
    public Routes shared() {
        return add(new StaticResources("/camseal/", Routes.class, "static", StaticResources.Audience.EVERYBODY));
    }

    private Routes add(StaticResources folder) {
        folders.add(folder);
        folders.sort((a, b) -> b.prefix().length() - a.prefix().length());
        return this;
    }

    /** A file that needs no permission; empty if there is none at that path. */
    Optional<StaticResources.File> open(String method, List<String> path) {
        if (!method.equals("GET") && !method.equals("HEAD")) {
            return Optional.empty();
        }
        return folders.stream()
                .filter(folder -> folder.audience() == StaticResources.Audience.EVERYBODY)
                .flatMap(folder -> folder.find(path).stream())
                .findFirst();
    }

    private Routes add(String method, String pattern, RouteHandler handler) {
        Route added = new Route(method, PathPattern.parse(pattern), handler);
        for (Route route : routes) {
            if (route.method().equals(method) && route.pattern().matchesTheSameAs(added.pattern())) {
                throw new IllegalArgumentException(method + " " + pattern + " is there already");
            }
        }
        routes.add(added);
        routes.sort((a, b) -> a.pattern().compareTo(b.pattern()));
        return this;
    }

    /** One method and pattern, and who answers. */
    record Route(String method, PathPattern pattern, RouteHandler handler) {}

    /** What to do with a path: one of the routes with its parameters, or a file. */
    sealed interface Match {
        record Handled(RouteHandler handler, Map<String, String> parameters) implements Match {}

        record Resource(StaticResources.File file) implements Match {}

        /** The path is there, but not for that method; those it is for. */
        record OtherMethods(Set<String> methods) implements Match {}
    }

    /**
     * @param method HEAD counts as GET
     * @throws WebException.Refused 404
     */
    Match match(String method, List<String> path) throws WebException.Refused {
        String asked = method.equals("HEAD") ? "GET" : method;
        TreeSet<String> others = new TreeSet<>();
        for (Route route : routes) {
            Map<String, String> parameters = route.pattern().match(path).orElse(null);
            if (parameters != null && route.method().equals(asked)) {
                return new Match.Handled(route.handler(), parameters);
            }
            if (parameters != null) {
                others.add(route.method());
            }
        }
        if (!others.isEmpty()) {
            return new Match.OtherMethods(others);
        }
        for (StaticResources folder : folders) {
            StaticResources.File file = folder.find(path).orElse(null);
            if (file != null) {
                return asked.equals("GET") ? new Match.Resource(file) : new Match.OtherMethods(Set.of("GET"));
            }
        }
        throw WebException.Refused.notFound("there is nothing at /" + String.join("/", path));
    }
}
