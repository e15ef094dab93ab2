package org.camseal.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.camseal.peers.Peer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class WebServerTest {
    private static final int MAX_BODY = 1000;

    @TempDir
    private static Path directory;

    private static WebServer server;

    record Camera(String serial, int frames) {}

    @BeforeAll
    static void start() throws Exception {
        byte[] content = new byte[300_000];
        for (int i = 0; i < content.length; i++) {
            content[i] = (byte) ('a' + i % 26);
        }
        Path file = Files.write(directory.resolve("video.mp4"), content);
        Routes routes = new Routes()
                .get("/api/cameras/{serial}", request -> WebResponse.json(new Camera(request.parameter("serial"), 7)))
                .get("/api/cameras/all", request -> WebResponse.json(List.of()))
                .post("/api/cameras", request -> WebResponse.json(request.json(Camera.class)))
                .post("/api/length", request -> WebResponse.json(request.body().length))
                .get(
                        "/api/query",
                        request -> WebResponse.text(request.query("q").orElse("none")))
                .get(
                        "/api/thread",
                        request -> WebResponse.json(Thread.currentThread().isVirtual()))
                .get("/api/gone", request -> {
                    throw WebException.Refused.notFound("no camera of that name <b>");
                })
                .get("/api/behind", request -> {
                    throw new WebException.Unreachable("the recorder does not answer");
                })
                .get("/api/bug", request -> {
                    throw new IllegalStateException("a secret of the program");
                })
                .get("/video", request -> WebResponse.file("video/mp4", file))
                .get("/nothing", request -> WebResponse.file("video/mp4", directory.resolve("none")))
                .get("/saved", request -> WebResponse.file("video/mp4", file).asDownload("clip 1.mp4"))
                .get(
                        "/endless",
                        request -> WebResponse.stream("application/octet-stream", out -> {
                            while (true) {
                                out.write(new byte[65_536]);
                            }
                        }))
                .resources("/", WebServerTest.class, "pages")
                .shared();
        server = WebServer.start(WebSettings.loopback(0, new Access.Anyone()).withMaxBodyBytes(MAX_BODY), routes);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static String exchange(String line, String... fields) throws IOException {
        try (Wire wire = new Wire(server.port())) {
            return wire.send(Wire.request(line, server.port(), fields)).rest();
        }
    }

    private static String post(String path, String body) throws IOException {
        try (Wire wire = new Wire(server.port())) {
            return wire.send(Wire.request(
                                    "POST " + path,
                                    server.port(),
                                    "Content-Type: application/json",
                                    "Content-Length: " + body.length())
                            + body)
                    .rest();
        }
    }

    private static String body(String response) {
        return response.substring(response.indexOf("\r\n\r\n") + 4);
    }

    @Test
    void answersWithJson() throws Exception {
        String response = exchange("GET /api/cameras/CS%2D1");
        assertThat(response).startsWith("HTTP/1.1 200 ").contains("Content-Type: application/json\r\n");
        assertThat(body(response)).isEqualTo("{\"serial\":\"CS-1\",\"frames\":7}");
        assertThat(body(exchange("GET /api/cameras/all")))
                .as("fixed text wins over a name")
                .isEqualTo("[]");
        assertThat(body(exchange("GET /api/query?a=1&q=two%20words&q=3"))).isEqualTo("two words");
    }

    @Test
    void everyAnswerHasTheSecurityHeaders() throws Exception {
        for (String line : List.of("GET /", "GET /api/gone", "GET /api/bug", "GET /../x", "GET /camseal/dom.js")) {
            assertThat(exchange(line))
                    .as(line)
                    .contains("default-src 'self'")
                    .contains("media-src 'self' blob:")
                    .contains("frame-ancestors 'none'")
                    .contains("X-Content-Type-Options: nosniff")
                    .contains("Referrer-Policy: no-referrer")
                    .doesNotContain("Strict-Transport-Security")
                    .doesNotContain("Jetty");
        }
    }

    @Test
    void handlersRunOnVirtualThreads() throws Exception {
        assertThat(body(exchange("GET /api/thread"))).isEqualTo("true");
    }

    @Test
    void errorsSayOneClearThing() throws Exception {
        assertThat(exchange("GET /api/gone"))
                .startsWith("HTTP/1.1 404 ")
                .endsWith("{\"error\":{\"status\":404,\"message\":\"No camera of that name <b>\",\"hint\":\"\"}}");
        assertThat(exchange("GET /api/gone", "Accept: text/html"))
                .startsWith("HTTP/1.1 404 ")
                .contains("<h1>No camera of that name &lt;b&gt;</h1>");
        assertThat(exchange("GET /none")).startsWith("HTTP/1.1 404 ");
        assertThat(exchange("DELETE /api/cameras"))
                .startsWith("HTTP/1.1 405 ")
                .contains("Allow: POST\r\n")
                .contains("It takes POST");
        assertThat(exchange("POST /", "Content-Length: 0"))
                .startsWith("HTTP/1.1 405 ")
                .contains("Allow: GET\r\n");
        assertThat(exchange("GET /api/behind")).startsWith("HTTP/1.1 502 ").contains("The recorder does not answer");
        assertThat(exchange("GET /api/bug"))
                .startsWith("HTTP/1.1 500 ")
                .doesNotContain("secret")
                .doesNotContain("IllegalState");
    }

    @Test
    void jsonIsReadStrictly() throws Exception {
        assertThat(body(post("/api/cameras", "{\"serial\":\"1\",\"frames\":2}")))
                .isEqualTo("{\"serial\":\"1\",\"frames\":2}");
        for (String wrong : List.of(
                "",
                "{",
                "null",
                "[]",
                "{\"serial\":\"1\"}",
                "{\"serial\":\"1\",\"frames\":2} 3",
                "{\"serial\":\"1\",\"frames\":\"many\"}",
                "{\"serial\":\"1\",\"frames\":2,\"more\":1}",
                "{\"serial\":\"1\",\"serial\":\"2\",\"frames\":2}",
                "[".repeat(500))) {
            assertThat(post("/api/cameras", wrong))
                    .as(wrong)
                    .startsWith("HTTP/1.1 400 ")
                    .doesNotContain("org.camseal");
        }
        assertThat(exchange("POST /api/cameras", "Content-Length: 0")).startsWith("HTTP/1.1 415 ");
    }

    @Test
    void bodiesAreBounded() throws Exception {
        assertThat(body(post("/api/length", "x".repeat(MAX_BODY)))).isEqualTo("1000");
        assertThat(post("/api/length", "x".repeat(MAX_BODY + 1))).startsWith("HTTP/1.1 413 ");
        try (Wire wire = new Wire(server.port())) {
            wire.send(Wire.request("POST /api/length", server.port(), "Content-Length: 999999999999"));
            assertThat(wire.until("}}")).startsWith("HTTP/1.1 413 ");
        }
        try (Wire wire = new Wire(server.port())) {
            wire.send(Wire.request("POST /api/length", server.port(), "Transfer-Encoding: chunked"));
            wire.send("400\r\n" + "x".repeat(1024) + "\r\n");
            assertThat(wire.until("}}")).startsWith("HTTP/1.1 413 ");
        }
    }

    @Test
    void headersAreBounded() throws Exception {
        assertThat(exchange("GET /api/thread", "X-Long: " + "x".repeat(4000))).startsWith("HTTP/1.1 200 ");
        assertThat(exchange("GET /api/thread", "X-Long: " + "x".repeat(9000))).startsWith("HTTP/1.1 431 ");
        assertThat(exchange("GET /api/query?q=" + "x".repeat(9000))).containsPattern("^HTTP/1.1 4(14|31) ");
    }

    @Test
    void whatIsNoRequestIsRefused() throws Exception {
        for (String wrong :
                List.of("\u0016\u0003\u0001 TLS\r\n\r\n", "GET\r\n\r\n", "GET / HTTP/9.9\r\n\r\n", "\0\0\0\r\n\r\n")) {
            try (Wire wire = new Wire(server.port())) {
                assertThat(wire.send(wrong).rest()).containsPattern("^HTTP/1.1 (400|505) ");
            }
        }
        try (Wire wire = new Wire(server.port())) {
            assertThat(wire.send("GET / HTTP/1.1\r\nConnection: close\r\n\r\n").rest())
                    .as("no host")
                    .startsWith("HTTP/1.1 400 ");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/../pom.xml",
                "/pages/../index.html",
                "/deep/../index.html",
                "/./index.html",
                "/%2e%2e/pom.xml",
                "/%2e%2e%2fpom.xml",
                "/deep%2fpage.js",
                "/..%5cpom.xml",
                "/deep\\page.js",
                "//deep/page.js",
                "/deep//page.js",
                "/deep;x/page.js",
                "/deep/page.js%00.html",
                "/deep/page.js%00",
                "/%c0%ae%c0%ae/x",
                "/deep/%",
                "/deep/%4",
                "/deep/%zz",
                "/%E0%80%AFetc",
                "/.hidden.txt",
                "/secret.key",
                "/deep",
                "/deep/",
                "/WebServerTest.class",
                "/org/camseal/web/pages/index.html",
                "/deep/page.js/",
                "/%2ehidden.txt"
            })
    void nothingOutsideTheFolderIsServed(String path) throws Exception {
        assertThat(exchange("GET " + path)).as(path).containsPattern("^HTTP/1.1 4(00|04) ");
    }

    @Test
    void pagesAreServedWithTypeAndTag() throws Exception {
        String page = exchange("GET /");
        assertThat(page)
                .startsWith("HTTP/1.1 200 ")
                .contains("Content-Type: text/html; charset=utf-8\r\n")
                .contains("<title>Start");
        String script = exchange("GET /deep/page.js");
        assertThat(script)
                .contains("Content-Type: text/javascript; charset=utf-8\r\n")
                .contains("Cache-Control: no-cache\r\n");
        String tag = script.substring(script.indexOf("ETag: ") + 6)
                .lines()
                .findFirst()
                .orElseThrow();
        assertThat(exchange("GET /deep/page.js", "If-None-Match: \"x\", " + tag))
                .startsWith("HTTP/1.1 304 ")
                .endsWith("\r\n\r\n");
        assertThat(exchange("GET /camseal/camseal.css"))
                .contains("Content-Type: text/css")
                .contains("--authentic");
        assertThat(exchange("GET /camseal/dom.js")).contains("export function el(");
    }

    @Test
    void headHasTheHeadersOfGetAndNoBody() throws Exception {
        for (String path : List.of("/", "/video", "/api/cameras/1")) {
            String head = exchange("HEAD " + path);
            assertThat(head).as(path).startsWith("HTTP/1.1 200 ").endsWith("\r\n\r\n");
            assertThat(head.lines()
                            .filter(line -> line.startsWith("Content-Length"))
                            .toList())
                    .isEqualTo(exchange("GET " + path)
                            .lines()
                            .filter(line -> line.startsWith("Content-Length"))
                            .toList())
                    .hasSize(1);
        }
        assertThat(exchange("HEAD /endless")).startsWith("HTTP/1.1 200 ").endsWith("\r\n\r\n");
    }

    @Test
    void filesAreServedInRanges() throws Exception {
        assertThat(body(exchange("GET /video"))).hasSize(300_000).startsWith("abc");
        assertThat(exchange("GET /video", "Range: bytes=26-28"))
                .startsWith("HTTP/1.1 206 ")
                .contains("Content-Range: bytes 26-28/300000\r\n")
                .endsWith("\r\n\r\nabc");
        assertThat(body(exchange("GET /video", "Range: bytes=299998-"))).hasSize(2);
        assertThat(body(exchange("GET /video", "Range: bytes=-5"))).hasSize(5);
        assertThat(body(exchange("GET /video", "Range: bytes=0-999999999999999999")))
                .hasSize(300_000);
        assertThat(body(exchange("GET /video", "Range: bytes=1-70000")))
                .hasSize(70_000)
                .startsWith("bcd");
        assertThat(exchange("GET /video", "Range: bytes=300000-"))
                .startsWith("HTTP/1.1 416 ")
                .contains("Content-Range: bytes */300000\r\n");
        assertThat(exchange("GET /video", "Range: bytes=-0")).startsWith("HTTP/1.1 416 ");
        for (String ignored : List.of(
                "bytes=5-2", "bytes=0-1,5-6", "lines=1-2", "bytes=a-b", "bytes=-", "bytes=99999999999999999999-")) {
            assertThat(exchange("GET /video", "Range: " + ignored)).as(ignored).startsWith("HTTP/1.1 200 ");
        }
    }

    @Test
    void aRangeOfAnotherVersionOfTheFileIsNotMixed() throws Exception {
        String whole = exchange("GET /video");
        String tag =
                whole.substring(whole.indexOf("ETag: ") + 6).lines().findFirst().orElseThrow();
        assertThat(exchange("GET /video", "Range: bytes=0-1", "If-Range: " + tag))
                .startsWith("HTTP/1.1 206 ");
        assertThat(exchange("GET /video", "Range: bytes=0-1", "If-Range: \"other\""))
                .startsWith("HTTP/1.1 200 ");
        assertThat(exchange("GET /video", "If-None-Match: " + tag)).startsWith("HTTP/1.1 304 ");
    }

    @Test
    void aMissingFileIs404AndADownloadHasASafeName() throws Exception {
        assertThat(exchange("GET /nothing")).startsWith("HTTP/1.1 404 ").contains("Content-Type: application/json");
        assertThat(exchange("HEAD /saved")).contains("Content-Disposition: attachment; filename=\"clip-1.mp4\"\r\n");
    }

    @Test
    void otherHostsAndOriginsAreRefused() throws Exception {
        String port = ":" + server.port();
        for (String host : List.of("127.0.0.1" + port, "localhost" + port, "LOCALHOST" + port, "[::1]" + port)) {
            assertThat(fromHost(host)).as(host).startsWith("HTTP/1.1 200 ");
        }
        for (String host :
                List.of("evil.example" + port, "127.0.0.1", "127.0.0.1:1", "localhost.evil.example" + port, "")) {
            assertThat(fromHost(host)).as(host).containsPattern("^HTTP/1.1 4(21|00) ");
        }
        assertThat(exchange("POST /api/length", "Content-Length: 0", "Origin: http://127.0.0.1" + port))
                .startsWith("HTTP/1.1 200 ");
        for (String origin : List.of("http://evil.example", "null", "https://127.0.0.1" + port, "http://127.0.0.1:1")) {
            assertThat(exchange("POST /api/length", "Content-Length: 0", "Origin: " + origin))
                    .as(origin)
                    .startsWith("HTTP/1.1 403 ");
        }
    }

    private static String fromHost(String host) throws IOException {
        try (Wire wire = new Wire(server.port())) {
            return wire.send("GET /api/thread HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n")
                    .rest();
        }
    }

    @Test
    void slowClientsHoldUpNobody() throws Exception {
        List<Wire> slow = new ArrayList<>();
        try {
            for (int i = 0; i < 100; i++) {
                Wire wire = new Wire(server.port());
                slow.add(wire);
                switch (i % 3) {
                    case 0 -> wire.send("GET /api/thr");
                    case 1 -> wire.send(Wire.request("POST /api/length", server.port(), "Content-Length: 10") + "abc");
                    default -> wire.send(Wire.request("GET /endless", server.port())); // and reads nothing
                }
            }
            for (int i = 0; i < 20; i++) {
                assertThat(exchange("GET /api/thread")).startsWith("HTTP/1.1 200 ");
            }
        } finally {
            for (Wire wire : slow) {
                wire.close();
            }
        }
    }

    @Test
    void curlAgrees() throws Exception {
        Peer.CURL.require();
        String base = server.uri().toString();
        assertThat(Curl.run(base + "api/cameras/9").all()).isEqualTo("{\"serial\":\"9\",\"frames\":7}");
        assertThat(Curl.run("--range", "26-28", base + "video").all()).isEqualTo("abc");
        assertThat(Curl.run("--json", "{\"serial\":\"1\",\"frames\":2}", base + "api/cameras")
                        .all())
                .isEqualTo("{\"serial\":\"1\",\"frames\":2}");
        assertThat(Curl.run(
                                "--path-as-is",
                                "--write-out",
                                "%{http_code}",
                                "--output",
                                "/dev/null",
                                base + "../../etc/passwd")
                        .all())
                .isEqualTo("400");
        assertThat(Curl.run("--head", base + "video").all()).contains("Content-Length: 300000");
    }
}
