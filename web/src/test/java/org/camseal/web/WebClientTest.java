package org.camseal.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class WebClientTest {
    private final SessionToken token = SessionToken.random(new SecureRandom());
    private WebServer server;
    private WebClient client;

    record Seen(String serial, Instant at) {}

    @BeforeEach
    void start() throws Exception {
        Routes routes = new Routes()
                .get("/api/seen", request -> WebResponse.json(new Seen("ü", Instant.parse("2026-11-21T12:00:00.5Z"))))
                .post("/api/seen", request -> WebResponse.json(request.json(Seen.class)))
                .get("/api/large", request -> WebResponse.json("x".repeat(5000)))
                .get("/api/gone", request -> {
                    throw new WebException.Refused(404, "no such camera", "see the list");
                })
                .get(
                        "/bytes",
                        request -> WebResponse.stream("text/plain", out -> {
                            for (int i = 0; i < 100_000; i++) {
                                out.write(i);
                            }
                        }))
                .get(
                        "/silent",
                        request -> WebResponse.stream("text/plain", out -> {
                            out.write(1);
                            out.flush();
                            Thread.sleep(60_000);
                        }));
        server = WebServer.start(WebSettings.loopback(0, new Access.WithToken(token)), routes);
        client = client(Optional.of(token));
    }

    private WebClient client(Optional<SessionToken> shown) {
        return new WebClient(
                server.uri(),
                Optional.empty(),
                shown,
                new WebClient.Limits(Duration.ofSeconds(20), Duration.ofMillis(300), 4000));
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    @Test
    void getsAndPostsRecords() throws Exception {
        Seen seen = client.get("api/seen", Seen.class);
        assertThat(seen).isEqualTo(new Seen("ü", Instant.parse("2026-11-21T12:00:00.5Z")));
        assertThat(client.post("api/seen", seen, Seen.class)).isEqualTo(seen);
    }

    @Test
    void refusalsCarryTheServersWords() {
        assertThatThrownBy(() -> client.get("api/gone", Seen.class))
                .isInstanceOfSatisfying(WebException.Answered.class, answer -> {
                    assertThat(answer.status()).isEqualTo(404);
                    assertThat(answer.message()).isEqualTo("No such camera");
                    assertThat(answer.hint()).isEqualTo("See the list");
                });
        try (WebClient stranger = client(Optional.empty())) {
            assertThatThrownBy(() -> stranger.stream("bytes"))
                    .isInstanceOfSatisfying(
                            WebException.Answered.class,
                            answer -> assertThat(answer.status()).isEqualTo(401));
        }
    }

    @Test
    void answersAreBoundedAndStrict() {
        assertThatThrownBy(() -> client.get("api/large", String.class))
                .isInstanceOf(WebException.Unreachable.class)
                .hasMessageContaining("larger than 4000");
        assertThatThrownBy(() -> client.get("api/seen", Integer.class))
                .isInstanceOf(WebException.Unreachable.class)
                .hasMessageContaining("not what was expected");
    }

    @Test
    void streamsComeWhole() throws Exception {
        try (InputStream stream = client.stream("bytes")) {
            assertThat(stream.readAllBytes()).hasSize(100_000);
        }
        assertThatThrownBy(() -> client.stream("bytes", 10, 5)).hasMessageContaining("the whole instead of the part");
    }

    @Test
    void silenceEndsAStream() throws Exception {
        try (InputStream stream = client.stream("silent")) {
            assertThat(stream.read()).isEqualTo(1);
            assertThatThrownBy(stream::read).isInstanceOf(IOException.class).hasMessageContaining("sent nothing");
        }
    }

    @Test
    void aServerThatIsNotThereIsSaidSo() throws Exception {
        int free;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = socket.getLocalPort();
        }
        try (WebClient nobody = new WebClient(
                URI.create("http://127.0.0.1:" + free + "/"),
                Optional.empty(),
                Optional.empty(),
                WebClient.Limits.USUAL)) {
            assertThatThrownBy(() -> nobody.get("x", String.class))
                    .isInstanceOf(WebException.Unreachable.class)
                    .hasMessageContaining("cannot be reached");
        }
    }

    @Test
    void aServerThatDoesNotAnswerIsNotWaitedForForEver() throws Exception {
        try (ServerSocket mute = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
                WebClient waiting = new WebClient(
                        URI.create("http://127.0.0.1:" + mute.getLocalPort() + "/"),
                        Optional.empty(),
                        Optional.empty(),
                        new WebClient.Limits(Duration.ofMillis(300), Duration.ofMillis(300), 100))) {
            assertThatThrownBy(() -> waiting.get("x", String.class))
                    .isInstanceOf(WebException.Unreachable.class)
                    .hasMessageContaining("did not answer");
        }
    }

    @Test
    void httpsNeedsATlsContextAndPathsStayOnTheServer() {
        assertThatThrownBy(() -> new WebClient(
                        URI.create("https://127.0.0.1/"), Optional.empty(), Optional.empty(), WebClient.Limits.USUAL))
                .isInstanceOf(IllegalArgumentException.class);
        for (String path : new String[] {"/x", "http://evil.example/"}) {
            assertThatThrownBy(() -> client.get(path, String.class)).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
