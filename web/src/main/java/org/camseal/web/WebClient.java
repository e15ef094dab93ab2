package org.camseal.web;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;

/**
 * Asks one server for JSON and streams. Bounded: connecting, answering, the size of JSON, and silence in a stream all have limits.
 * Redirects are not followed. Safe for use by several threads.
 */
public final class WebClient implements AutoCloseable {
    private static final int MAX_ERROR_BYTES = 64 * 1024;

    private final URI base;
    private final HttpClient http;
    private final Limits limits;
    private final Optional<SessionToken> token;

    /**
     * @param answer longest time from asking to the whole JSON, or to a stream's first bytes
     * @param silence longest time without a byte in a stream
     * @param maxJsonBytes largest answer that is read whole
     */
    public record Limits(Duration answer, Duration silence, int maxJsonBytes) {
        /** 10 seconds, 30 seconds, 16 MiB. */
        public static final Limits USUAL = new Limits(Duration.ofSeconds(10), Duration.ofSeconds(30), 16 << 20);
    }

    /**
     * @param base the server: scheme, host, port and a slash
     * @param tls who is trusted and what is shown, for https; needed there
     * @param token shown to servers that want one
     */
    public WebClient(URI base, Optional<SSLContext> tls, Optional<SessionToken> token, Limits limits) {
        if (!base.toString().endsWith("/")) {
            throw new IllegalArgumentException(base + " does not end with a slash");
        }
        if (tls.isEmpty() == "https".equals(base.getScheme())) {
            throw new IllegalArgumentException("https needs a TLS context, and nothing else has one: " + base);
        }
        this.base = base;
        this.token = token;
        this.limits = limits;
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(limits.answer());
        tls.ifPresent(builder::sslContext);
        this.http = builder.build();
    }

    /**
     * Gets a value.
     *
     * @param path relative to the base, without a slash in front; may have a query; encoded
     */
    public <T> T get(String path, Class<T> type) throws WebException, InterruptedException {
        return exchange(request(path).GET().build(), type);
    }

    /** Sends a value and gets one. */
    public <T> T post(String path, Object body, Class<T> type) throws WebException, InterruptedException {
        HttpRequest request = request(path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(Json.write(body)))
                .build();
        return exchange(request, type);
    }

    /**
     * Gets whatever the server answers, whatever its status: for protocols that are not JSON.
     *
     * @param path as in {@link #get}
     * @throws WebException.Unreachable if there is no whole answer, or a larger one than the limit
     */
    public WebAnswer ask(String path) throws WebException, InterruptedException {
        return whole(request(path).GET().build());
    }

    /**
     * Sends bytes, and gets whatever the server answers, whatever its status. Where no answer comes, nobody knows whether the server acted.
     *
     * @throws WebException.Unreachable as {@link #ask}
     */
    public WebAnswer tell(String path, String contentType, byte[] body) throws WebException, InterruptedException {
        return whole(request(path)
                .header("Content-Type", contentType)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build());
    }

    /**
     * Gets a body of any length as it comes. Reading fails with an IOException if the server is silent for too long. The caller closes
     * the stream.
     */
    public InputStream stream(String path) throws WebException, InterruptedException {
        return stream(request(path).GET().build());
    }

    /**
     * Gets part of a body, from one byte on.
     *
     * @param first offset of the first byte
     * @param length bytes; at least 1
     */
    public InputStream stream(String path, long first, long length) throws WebException, InterruptedException {
        String range = "bytes=" + first + "-" + (first + length - 1);
        return stream(request(path).header("Range", range).GET().build());
    }

    private InputStream stream(HttpRequest request) throws WebException, InterruptedException {
        HttpResponse<InputStream> response = send(request);
        if (request.headers().firstValue("Range").isPresent() && response.statusCode() == 200) {
            closeQuietly(response.body());
            throw new WebException.Unreachable(
                    request.uri() + ": the server sent the whole instead of the part asked for");
        }
        return new WatchedStream(response.body(), limits.silence());
    }

    private WebAnswer whole(HttpRequest request) throws WebException, InterruptedException {
        HttpResponse<InputStream> response = anyAnswer(request);
        return new WebAnswer(response.statusCode(), response.headers(), body(request, response));
    }

    private byte[] body(HttpRequest request, HttpResponse<InputStream> response) throws WebException {
        byte[] body;
        try (InputStream in = new WatchedStream(response.body(), limits.answer())) {
            body = in.readNBytes(limits.maxJsonBytes() + 1);
        } catch (IOException e) {
            throw new WebException.Unreachable(request.uri() + ": the answer broke off: " + e.getMessage(), e);
        }
        if (body.length > limits.maxJsonBytes()) {
            throw new WebException.Unreachable(
                    request.uri() + ": the answer is larger than " + limits.maxJsonBytes() + " bytes");
        }
        return body;
    }

    private <T> T exchange(HttpRequest request, Class<T> type) throws WebException, InterruptedException {
        byte[] body = body(request, send(request));
        try {
            return Json.read(body, type);
        } catch (WebException.Refused e) {
            throw new WebException.Unreachable(
                    request.uri() + ": the answer is not what was expected: " + e.getMessage(), e);
        }
    }

    private HttpRequest.Builder request(String path) {
        if (path.startsWith("/") || path.contains("://")) {
            throw new IllegalArgumentException("\"" + path + "\" is not relative to " + base);
        }
        HttpRequest.Builder builder = HttpRequest.newBuilder(base.resolve(path)).timeout(limits.answer());
        builder.header("Accept", "application/json, */*;q=0.5");
        token.ifPresent(shown -> builder.header("Authorization", "Bearer " + shown.text()));
        return builder;
    }

    private HttpResponse<InputStream> send(HttpRequest request) throws WebException, InterruptedException {
        HttpResponse<InputStream> response = anyAnswer(request);
        if (response.statusCode() / 100 != 2) {
            throw answered(response);
        }
        return response;
    }

    private HttpResponse<InputStream> anyAnswer(HttpRequest request) throws WebException, InterruptedException {
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofInputStream());
        } catch (SSLException e) {
            throw new WebException.Unreachable(base + ": no secure connection: " + e.getMessage(), e);
        } catch (HttpConnectTimeoutException | ConnectException e) {
            throw new WebException.Unreachable(
                    base + " cannot be reached: see that it runs, and the address and port", e);
        } catch (HttpTimeoutException e) {
            throw new WebException.Unreachable(
                    base + " did not answer within " + limits.answer().toSeconds() + " s", e);
        } catch (IOException e) {
            throw new WebException.Unreachable(base + ": the connection broke: " + e.getMessage(), e);
        }
    }

    private WebException answered(HttpResponse<InputStream> response) {
        String message = base + " answered " + response.statusCode();
        String hint = "";
        try (InputStream in = new WatchedStream(response.body(), limits.answer())) {
            ByteArrayOutputStream body = new ByteArrayOutputStream();
            body.writeBytes(in.readNBytes(MAX_ERROR_BYTES));
            ErrorBody.Document error = Json.read(body.toByteArray(), ErrorBody.Document.class);
            message = error.error().message();
            hint = error.error().hint();
        } catch (IOException | WebException.Refused e) {
            // not one of our error bodies: the status is all there is
        }
        return new WebException.Answered(response.statusCode(), message, hint);
    }

    private static void closeQuietly(InputStream stream) {
        try {
            stream.close();
        } catch (IOException e) {
            // nothing of it is wanted
        }
    }

    /** Ends what is under way. */
    @Override
    public void close() {
        http.shutdownNow();
        http.close();
    }
}
