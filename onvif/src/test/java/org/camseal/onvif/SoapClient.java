package org.camseal.onvif;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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

    /** What a good answer says. */
    static String good(Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.body();
    }

    /** Fails unless it is this fault. */
    static void fault(Answer answer, int status, String code) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        fault(answer, code);
    }

    /** As {@link #fault(Answer, int, String)}, whoever has to change something. */
    static void fault(Answer answer, String code) {
        assertThat(answer.status()).as(answer.body()).isIn(400, 401, 500);
        assertThat(answer.body()).contains("<env:Value>ter:" + code + "</env:Value>");
    }

    /** The texts of all elements of that local name, in order. */
    static List<String> texts(String body, String element) {
        Matcher matcher = Pattern.compile("<[a-z0-9]+:" + element + ">([^<]*)<").matcher(body);
        List<String> all = new ArrayList<>();
        while (matcher.find()) {
            all.add(matcher.group(1));
        }
        return all;
    }

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
        return first.statusCode() == 401
                ? answer(send(path, envelope(body), login(first, "POST", path, user)))
                : answer(first);
    }

    /** What is there, without a login. */
    Answer get(String path) throws Exception {
        return answer(http.send(request(path, "").GET().build(), HttpResponse.BodyHandlers.ofString()));
    }

    /** What is there, as a test account. */
    Answer get(String path, String user) throws Exception {
        HttpResponse<String> first = http.send(request(path, "").GET().build(), HttpResponse.BodyHandlers.ofString());
        return first.statusCode() == 401
                ? answer(http.send(
                        request(path, login(first, "GET", path, user)).GET().build(),
                        HttpResponse.BodyHandlers.ofString()))
                : answer(first);
    }

    /** What answers a challenge. */
    private String login(HttpResponse<String> challenged, String method, String path, String user) {
        Matcher nonce = NONCE.matcher(
                challenged.headers().firstValue("WWW-Authenticate").orElse(""));
        if (!nonce.find()) {
            throw new AssertionError("401 without a challenge: " + challenged.headers());
        }
        return DigestReply.compute(
                        DigestAlgorithm.SHA_256,
                        new Login(user, TestUsers.password(user)),
                        "camera",
                        nonce.group(1),
                        new RtspMessage.Request(method, path, RtspHeaders.NONE),
                        new DigestReply.Round(1, "c" + connections.incrementAndGet()))
                .toHeader();
    }

    /** Any bytes. */
    HttpResponse<String> send(String path, String document, String authorization) throws Exception {
        return http.send(
                request(path, authorization)
                        .header("Content-Type", "application/soap+xml; charset=utf-8")
                        .POST(HttpRequest.BodyPublishers.ofString(document, StandardCharsets.UTF_8))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path, String authorization) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(server.resolve(path)).timeout(PATIENCE);
        return authorization.isEmpty() ? request : request.header("Authorization", authorization);
    }

    private static Answer answer(HttpResponse<String> response) {
        return new Answer(response.statusCode(), response.body());
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
