package org.camseal.web;

import java.net.InetAddress;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One request, read whole: its body is at most as long as the settings allow. */
public final class WebRequest {
    private final String method;
    private final String path;
    private final Map<String, String> parameters;
    private final Map<String, String> query;
    private final Envelope envelope;

    WebRequest(
            String method, String path, Map<String, String> parameters, Map<String, String> query, Envelope envelope) {
        this.method = method;
        this.path = path;
        this.parameters = parameters;
        this.query = query;
        this.envelope = envelope;
    }

    /** What came around the path: header fields, body, and the client's certificates. */
    interface Envelope {
        Optional<String> header(String name);

        byte[] body();

        List<X509Certificate> clientChain();

        Optional<String> cookie(String name);

        InetAddress from();
    }

    /** GET, HEAD, POST, PUT or DELETE. */
    public String method() {
        return method;
    }

    /** The decoded path, from the first slash on. */
    public String path() {
        return path;
    }

    /**
     * The part of the path that stands where the route's pattern has {@code {name}}; decoded, never empty, without slashes.
     *
     * @throws IllegalArgumentException if the pattern has no such name
     */
    public String parameter(String name) {
        String value = parameters.get(name);
        if (value == null) {
            throw new IllegalArgumentException("this route has no {" + name + "}");
        }
        return value;
    }

    /** The first value of that name in the query; decoded. */
    public Optional<String> query(String name) {
        return Optional.ofNullable(query.get(name));
    }

    /** The first header field of that name. */
    public Optional<String> header(String name) {
        return envelope.header(name);
    }

    /** The first cookie of that name. */
    public Optional<String> cookie(String name) {
        return envelope.cookie(name);
    }

    /** The address at the other end of the connection. */
    public InetAddress from() {
        return envelope.from();
    }

    /** The body; empty if there is none. Shared, not to be written to. */
    public byte[] body() {
        return envelope.body();
    }

    /**
     * The body as a value from JSON.
     *
     * @throws WebException.Refused with 415 if it is not called JSON, with 400 if it does not fit
     */
    public <T> T json(Class<T> type) throws WebException.Refused {
        String contentType = header("Content-Type").orElse("");
        if (!contentType.toLowerCase(java.util.Locale.ROOT).startsWith("application/json")) {
            throw new WebException.Refused(415, "the body is not JSON", "send it with Content-Type: application/json");
        }
        return Json.read(body(), type);
    }

    /** The certificates the client showed in the TLS handshake, leaf first; empty if none were asked for. */
    public List<X509Certificate> clientChain() {
        return envelope.clientChain();
    }
}
