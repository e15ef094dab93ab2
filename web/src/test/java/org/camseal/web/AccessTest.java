package org.camseal.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.security.SecureRandom;
import org.camseal.peers.Peer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A page on the loopback address that only who started the program may open. */
@Timeout(60)
class AccessTest {
    private final SessionToken token = SessionToken.random(new SecureRandom());

    @TempDir
    private Path directory;

    private WebServer server;

    @BeforeEach
    void start() throws Exception {
        Routes routes = new Routes()
                .get("/api/secret", request -> WebResponse.text("secret"))
                .resources("/", AccessTest.class, "pages")
                .shared();
        server = WebServer.start(WebSettings.loopback(0, new Access.WithToken(token)), routes);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private String get(String path, String... fields) throws Exception {
        try (Wire wire = new Wire(server.port())) {
            return wire.send(Wire.request("GET " + path, server.port(), fields)).rest();
        }
    }

    private String cookie(String value) {
        return "Cookie: camseal-" + server.port() + "=" + value;
    }

    @Test
    void withoutTheTokenThereIsNothing() throws Exception {
        for (String path : new String[] {
            "/", "/api/secret", "/none", "/?token=", "/?token=x", "/api/secret?token=" + token.text() + "x"
        }) {
            assertThat(get(path))
                    .as(path)
                    .startsWith("HTTP/1.1 401 ")
                    .doesNotContain("Start")
                    .doesNotContain(token.text());
        }
        assertThat(get("/api/secret", cookie("x"))).startsWith("HTTP/1.1 401 ");
        assertThat(get("/api/secret", "Cookie: camseal-1=" + token.text())).startsWith("HTTP/1.1 401 ");
        assertThat(get("/api/secret", "Authorization: Bearer x")).startsWith("HTTP/1.1 401 ");
        assertThat(get("/api/secret", "Authorization: Basic " + token.text())).startsWith("HTTP/1.1 401 ");
    }

    @Test
    void theFirstAddressSetsACookieAndLosesTheToken() throws Exception {
        String path = "/?" + server.entryUri().getQuery();
        String first = get(path);
        assertThat(first)
                .startsWith("HTTP/1.1 303 ")
                .contains("Location: /\r\n")
                .contains("; Path=/; HttpOnly; SameSite=Strict\r\n");
        assertThat(get("/", cookie(token.text()))).startsWith("HTTP/1.1 200 ").contains("Start");
        assertThat(get("/api/secret", cookie(token.text()))).endsWith("secret");
        assertThat(get("/api/secret", "Authorization: Bearer " + token.text())).endsWith("secret");
    }

    @Test
    void theHostIsCheckedBeforeTheToken() throws Exception {
        try (Wire wire = new Wire(server.port())) {
            wire.send("GET /api/secret HTTP/1.1\r\nHost: evil.example:" + server.port() + "\r\nConnection: close\r\n"
                    + cookie(token.text()) + "\r\n\r\n");
            assertThat(wire.rest()).startsWith("HTTP/1.1 421 ").doesNotContain("\r\n\r\nsecret");
        }
    }

    @Test
    void theLookNeedsNoToken() throws Exception {
        assertThat(get("/camseal/camseal.css")).startsWith("HTTP/1.1 200 ");
        assertThat(get("/camseal/../api/secret")).startsWith("HTTP/1.1 400 ");
        assertThat(get("/camseal/none.css")).startsWith("HTTP/1.1 401 ");
    }

    @Test
    void theTokenDoesNotShowItself() {
        assertThat(token.toString()).doesNotContain(token.text());
        assertThat(new Access.WithToken(token).toString()).doesNotContain(token.text());
        assertThat(WebSettings.loopback(0, new Access.WithToken(token)).toString())
                .doesNotContain(token.text());
        assertThat(server.uri().toString()).doesNotContain(token.text());
        assertThat(token.text()).hasSize(43);
        assertThat(SessionToken.random(new SecureRandom()).text()).isNotEqualTo(token.text());
    }

    @Test
    void curlWalksInLikeABrowser() throws Exception {
        Peer.CURL.require();
        String jar = directory.resolve("jar").toString();
        assertThat(Curl.run(
                                "--location",
                                "--cookie-jar",
                                jar,
                                "--cookie",
                                "",
                                server.entryUri().toString())
                        .all())
                .contains("Start");
        assertThat(Curl.run("--cookie", jar, server.uri() + "api/secret").all()).isEqualTo("secret");
        assertThat(Curl.run(server.uri() + "api/secret").all()).contains("\"status\":401");
    }
}
