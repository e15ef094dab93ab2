package org.camseal.onvif;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.camseal.streaming.Login;
import org.camseal.streaming.rtsp.DigestAlgorithm;
import org.camseal.streaming.rtsp.DigestReply;
import org.camseal.streaming.rtsp.RtspHeaders;
import org.camseal.streaming.rtsp.RtspMessage;

/** Asks as a VMS does: first without a login, then with the one the challenge wants. */
final class SoapClient implements AutoCloseable {
    private static final Pattern NONCE = Pattern.compile("nonce=\"([0-9a-f]+)\"");
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI server;
    private final AtomicInteger connections = new AtomicInteger();

    SoapClient(URI server) {
        this.server = server;
    }

    record Answer(int status, String body) {}

    /** A body element in an envelope. */
    static String envelope(String body) {
        return "<s:Envelope xmlns:s='http://www.w3.org/2003/05/soap-envelope'><s:Body>" + body
                + "</s:Body></s:Envelope>";
    }

    /** Without a login. */
    Answer ask(String path, String body) throws Exception {
        return answer(send(path, envelope(body), ""));
    }

    /** As a test account. */
    Answer ask(String path, String body, String user) throws Exception {
        HttpResponse<String> first = send(path, envelope(body), "");
        if (first.statusCode() != 401) {
            return answer(first);
        }
        Matcher nonce =
                NONCE.matcher(first.headers().firstValue("WWW-Authenticate").orElse(""));
        if (!nonce.find()) {
            throw new AssertionError("401 without a challenge: " + first.headers());
        }
        String header = DigestReply.compute(
                        DigestAlgorithm.SHA_256,
                        new Login(user, TestUsers.password(user)),
                        "camera",
                        nonce.group(1),
                        new RtspMessage.Request("POST", path, RtspHeaders.NONE),
                        new DigestReply.Round(1, "c" + connections.incrementAndGet()))
                .toHeader();
        return answer(send(path, envelope(body), header));
    }

    /** Any bytes. */
    HttpResponse<String> send(String path, String document, String authorization) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(server.resolve(path))
                .timeout(PATIENCE)
                .header("Content-Type", "application/soap+xml; charset=utf-8")
                .POST(HttpRequest.BodyPublishers.ofString(document, StandardCharsets.UTF_8));
        if (!authorization.isEmpty()) {
            request.header("Authorization", authorization);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static Answer answer(HttpResponse<String> response) {
        return new Answer(response.statusCode(), response.body());
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
