package org.camseal.streaming.rtsp;

import java.util.Locale;
import java.util.Optional;

/** How a description's control attributes become request URIs (RFC 2326 appendix C.1.1). */
public final class ControlUri {
    private ControlUri() {}

    /**
     * The URI of a control attribute.
     *
     * @param base Content-Base, Content-Location or the URI that was described
     * @param control absolute, relative, {@code *}, or empty where the attribute is missing
     */
    public static String resolve(String base, String control) {
        String lower = control.toLowerCase(Locale.ROOT);
        if (lower.startsWith("rtsp://") || lower.startsWith("rtsps://")) {
            return control;
        }
        if (control.isEmpty() || control.equals("*")) {
            return base;
        }
        // Servers write the base without the last slash as often as with it, and mean the same; RFC 3986 would replace
        // the last part of the path. Existing clients append, and so servers expect it.
        String relative = control.startsWith("/") ? control.substring(1) : control;
        return base.endsWith("/") ? base + relative : base + "/" + relative;
    }

    /** The value of one parameter of a request URI's query; empty where it has none of that name. */
    public static Optional<String> parameter(String uri, String name) {
        int query = uri.indexOf('?');
        if (query < 0) {
            return Optional.empty();
        }
        for (String part : uri.substring(query + 1).split("&", 16)) {
            if (part.startsWith(name + "=")) {
                // Clients append a control to a URI with a query as to any other.
                return Optional.of(part.substring(name.length() + 1).split("/", 2)[0]);
            }
        }
        return Optional.empty();
    }

    /** The path of a request URI without query, last slash and doubled slashes; {@code /} where there is none. */
    public static String path(String uri) {
        String lower = uri.toLowerCase(Locale.ROOT);
        int start = lower.startsWith("rtsp://") ? 7 : lower.startsWith("rtsps://") ? 8 : -1;
        int slash = start < 0 ? 0 : uri.indexOf('/', start);
        String path = slash < 0 ? "" : uri.substring(slash);
        int query = path.indexOf('?');
        path = (query < 0 ? path : path.substring(0, query)).replaceAll("/{2,}", "/");
        while (path.length() > 1 && path.endsWith("/")) {
            path = path.substring(0, path.length() - 1);
        }
        return path.isEmpty() ? "/" : path;
    }
}
