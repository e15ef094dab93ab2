package org.camseal.camera.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import org.camseal.identity.TlsContexts;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The port of the pages hands tunnels to the stream's server, and nothing else. */
@Timeout(120)
class StreamTunnelsTest {
    private static final String SOCKET = "Upgrade: websocket~Connection: Upgrade~Sec-WebSocket-Version: 13"
            + "~Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==~";
    private static final String RTSP = "Sec-WebSocket-Protocol: rtsp.onvif.org~";

    @TempDir
    private static Path directory;

    private static PageHouse house;

    @BeforeAll
    static void start() throws Exception {
        house = new PageHouse(directory);
        house.accounts.setFirst("anna", PageHouse.PASSWORD);
    }

    @AfterAll
    static void end() {
        house.close();
    }

    private static Socket connect(int port) throws Exception {
        Socket socket =
                TlsContexts.client(house.rule).getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(60_000);
        return socket;
    }

    /** A request; ~ stands for the end of a line. */
    private static Socket ask(int port, String request) throws Exception {
        Socket socket = connect(port);
        send(socket, request.replace("~", "\r\n") + "\r\n");
        return socket;
    }

    private static Socket ask(String request) throws Exception {
        return ask(house.server.port(), request);
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static String head(Socket socket) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = socket.getInputStream().read();
            assertThat(next).as("the end behind %s", head).isNotNegative();
            head.append((char) next);
        }
        return head.toString();
    }

    private static String answer(String request) throws Exception {
        try (Socket socket = ask(request)) {
            return head(socket).lines().findFirst().orElse("");
        }
    }

    private static String host() {
        return "Host: 127.0.0.1:" + house.server.port() + "~";
    }

    private static String describe(int number) {
        String request = "DESCRIBE rtsp://127.0.0.1/main RTSP/1.0\r\nCSeq: " + number + "\r\n\r\n";
        return Base64.getEncoder().encodeToString(request.getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    void aTunnelReachesTheStreamsServerAndItsLogin() throws Exception {
        String tunnel = " /main HTTP/1.0~" + host() + "x-sessioncookie: c1~Content-Length: 32767~";
        try (Socket get = ask("GET" + tunnel)) {
            assertThat(head(get)).startsWith("HTTP/1.0 200 OK").contains("application/x-rtsp-tunnelled");
            int rtsps = house.camera.address().getPort();
            int number = 0;
            for (int port : new int[] {house.server.port(), rtsps}) {
                try (Socket post = ask(port, "POST" + tunnel)) {
                    send(post, describe(++number));
                    assertThat(head(get))
                            .as("being asked for a login, by port %d", port)
                            .startsWith("RTSP/1.0 401 Unauthorized")
                            .contains("CSeq: " + number, "realm=\"CamSeal camera\"", "algorithm=SHA-256");
                }
            }
            try (Socket post = ask("POST" + tunnel)) {
                send(post, "no base64!");
                assertThat(get.getInputStream().read()).as("ended").isNegative();
            }
        }
    }

    @Test
    void aWebSocketIsForPagesOfItsOwnOriginAndForThisHost() throws Exception {
        String own = "Origin: https://127.0.0.1:" + house.server.port() + "~";
        assertThat(answer("GET /main HTTP/1.1~" + host() + own + SOCKET + RTSP)).contains(" 101 ");
        assertThat(answer("GET /main HTTP/1.1~" + host() + SOCKET + RTSP))
                .as("no browser")
                .contains(" 101 ");
        assertThat(answer("GET /main HTTP/1.1~" + host() + "Origin: https://stranger.example~" + SOCKET + RTSP))
                .contains(" 403 ");
        assertThat(answer(
                        "GET /main HTTP/1.1~Host: stranger.example~Origin: https://stranger.example~" + SOCKET + RTSP))
                .as("a name that a stranger gave this machine")
                .contains(" 421 ");
        assertThat(answer("GET /main HTTP/1.1~" + host() + own + SOCKET + "Sec-WebSocket-Protocol: chat~"))
                .as("the pages', which have nothing there")
                .contains(" 404 ");
    }

    @Test
    void whatIsNoTunnelIsThePagesAsBefore() throws Exception {
        try (Socket socket = connect(house.server.port())) {
            for (int i = 0; i < 3; i++) {
                send(socket, ("GET /api/session HTTP/1.1~" + host() + "~").replace("~", "\r\n"));
                assertThat(head(socket)).startsWith("HTTP/1.1 200");
                assertThat(socket.getInputStream().readNBytes(15)).asString().isEqualTo("{\"fresh\":false}");
            }
            send(socket, ("GET /main HTTP/1.1~" + host() + "x-sessioncookie: late~~").replace("~", "\r\n"));
            assertThat(head(socket)).as("on a connection of the pages").startsWith("HTTP/1.1 404");
        }
        try (Socket socket = connect(house.server.port())) {
            for (char letter : ("GET /api/session HTTP/1.1~" + host() + "~")
                    .replace("~", "\r\n")
                    .toCharArray()) {
                send(socket, String.valueOf(letter));
            }
            assertThat(head(socket)).as("letter by letter").startsWith("HTTP/1.1 200");
        }
        assertThat(answer("GET /main HTTP/1.1~" + host() + "x-sessioncookie: " + "c".repeat(9_000) + "~"))
                .as("a head that is too long")
                .contains(" 431 ");
        HttpResponse<String> login = house.tryLogin("anna", PageHouse.PASSWORD);
        assertThat(login.statusCode()).as("a POST with a body").isEqualTo(200);
    }
}
