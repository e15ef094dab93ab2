package org.camseal.web;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** What a route answers. Immutable; made by the factories here. Answers are not cached unless a header says otherwise. */
public final class WebResponse {
    private static final Pattern FILE_NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,127}");

    private final int status;
    private final Map<String, List<String>> headers;
    private final Body body;

    private WebResponse(int status, Map<String, List<String>> headers, Body body) {
        this.status = status;
        this.headers = Map.copyOf(headers);
        this.body = body;
    }

    /** What follows the headers. */
    sealed interface Body {
        /** Nothing. */
        record None() implements Body {}

        /** A file, or the range of it that was asked for. */
        record File(Path path) implements Body {}

        /** Written as it comes. */
        record Stream(StreamProducer producer) implements Body {}

        /** Server-sent events. */
        record Events(EventProducer producer) implements Body {}

        /** Bytes in memory. */
        final class Bytes implements Body {
            private final byte[] content;

            Bytes(byte[] content) {
                this.content = content;
            }

            byte[] content() {
                return content;
            }
        }
    }

    /** 200 with a value as JSON. */
    public static WebResponse json(Object value) {
        return bytes("application/json", Json.write(value));
    }

    /** 200 with text. */
    public static WebResponse text(String text) {
        return bytes("text/plain; charset=utf-8", text.getBytes(StandardCharsets.UTF_8));
    }

    /** 200 with bytes; the array is taken over. */
    public static WebResponse bytes(String contentType, byte[] content) {
        return new WebResponse(200, Map.of("Content-Type", List.of(contentType)), new Body.Bytes(content));
    }

    /**
     * A refusal as it is answered when it is thrown, for answers that need a header field more. For programs: never a page.
     */
    public static WebResponse refusal(WebException.Refused refused) {
        return ErrorBody.of(refused, java.util.Optional.empty());
    }

    /** 204. */
    public static WebResponse noContent() {
        return new WebResponse(204, Map.of(), new Body.None());
    }

    /**
     * 200 with a file as it is now, or 206 with the byte range the client asked for, or 416; 304 if the client has it. What is appended
     * to the file meanwhile is not sent.
     */
    public static WebResponse file(String contentType, Path path) {
        return new WebResponse(200, Map.of("Content-Type", List.of(contentType)), new Body.File(path));
    }

    /** 200 with a body of unknown length. */
    public static WebResponse stream(String contentType, StreamProducer producer) {
        return new WebResponse(200, Map.of("Content-Type", List.of(contentType)), new Body.Stream(producer));
    }

    /** 200 with server-sent events. */
    public static WebResponse events(EventProducer producer) {
        return new WebResponse(200, Map.of("Content-Type", List.of("text/event-stream")), new Body.Events(producer));
    }

    /** 303: look there, with GET. Only to places on this server. */
    public static WebResponse seeOther(String path) {
        if (!path.startsWith("/")
                || path.startsWith("//")
                || path.contains("\\")
                || path.chars().anyMatch(c -> c <= ' ')) {
            throw new IllegalArgumentException("\"" + path + "\" is no path on this server");
        }
        return new WebResponse(303, Map.of("Location", List.of(path)), new Body.None());
    }

    public WebResponse withStatus(int changed) {
        return new WebResponse(changed, headers, body);
    }

    /** With one more header field, or another value for one. */
    public WebResponse withHeader(String name, String value) {
        return withHeader(name, List.of(value));
    }

    /** With one more header field that stands there several times, or other values for one. */
    public WebResponse withHeader(String name, List<String> values) {
        if (values.stream().anyMatch(value -> value.chars().anyMatch(c -> c < ' ' || c > '~'))) {
            throw new IllegalArgumentException("header " + name + " has a character that headers do not carry");
        }
        Map<String, List<String>> changed = new LinkedHashMap<>(headers);
        changed.put(name, List.copyOf(values));
        return new WebResponse(status, changed, body);
    }

    /**
     * Saved by browsers under that name instead of shown.
     *
     * @param fileName letters, digits, {@code . _ -}; anything else becomes a hyphen
     */
    public WebResponse asDownload(String fileName) {
        String safe = fileName.replaceAll("[^A-Za-z0-9._-]", "-");
        if (!FILE_NAME.matcher(safe).matches()) {
            throw new IllegalArgumentException("\"" + fileName + "\" is no file name");
        }
        return withHeader("Content-Disposition", "attachment; filename=\"" + safe + "\"");
    }

    int status() {
        return status;
    }

    Map<String, List<String>> headers() {
        return headers;
    }

    Body body() {
        return body;
    }
}
