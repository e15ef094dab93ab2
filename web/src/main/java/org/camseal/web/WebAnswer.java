package org.camseal.web;

import java.net.http.HttpHeaders;
import java.util.Optional;

/** What a server answered, whatever its status; read whole. */
public final class WebAnswer {
    private final int status;
    private final HttpHeaders headers;
    private final byte[] body;

    WebAnswer(int status, HttpHeaders headers, byte[] body) {
        this.status = status;
        this.headers = headers;
        this.body = body;
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }

    /** The first header field of that name. */
    public Optional<String> header(String name) {
        return headers.firstValue(name);
    }

    /** The body; empty if there is none. Shared, not to be written to. */
    public byte[] body() {
        return body;
    }

    /** What the server says is wrong, if it says so as servers here do: message and hint; empty otherwise. */
    public Optional<String> complaint() {
        try {
            ErrorBody.Document error = Json.read(body, ErrorBody.Document.class);
            String hint = error.error().hint();
            return Optional.of(error.error().message() + (hint.isEmpty() ? "" : "; " + hint));
        } catch (WebException.Refused e) {
            return Optional.empty(); // not one of our error bodies
        }
    }
}
