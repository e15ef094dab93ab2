package org.camseal.streaming.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What joins a GET and its POST, and what does not. */
@Timeout(60)
class HttpTunnelTest {
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
    private static final String OPEN = "HTTP/1.0 200 OK";
    private static final String ANSWER = "RTSP/1.0 200 OK";

    private final List<RtspServerEvent> events = new CopyOnWriteArrayList<>();
    private RtspServer server;

    @BeforeEach
    void start() throws Exception {
        server = RtspServer.start(
                RtspServerSettings.of(LOOPBACK, 0, Authenticator.openToAll()).withEvents(events::add));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private Socket ask(String address, String method, String cookie) throws IOException {
        Socket socket = new Socket();
        socket.bind(new InetSocketAddress(InetAddress.ofLiteral(address), 0));
        socket.connect(new InetSocketAddress(LOOPBACK, server.port()));
        String field = cookie.isEmpty() ? "" : "x-sessioncookie: " + cookie + "\r\n";
        send(socket, method + " /live HTTP/1.0\r\n" + field + "Content-Length: 32767\r\n\r\n");
        return socket;
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static String options(int number) {
        byte[] request = ("OPTIONS * RTSP/1.0\r\nCSeq: " + number + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII);
        return Base64.getEncoder().encodeToString(request);
    }

    private static String read(Socket socket, int length) throws IOException {
        return new String(socket.getInputStream().readNBytes(length), StandardCharsets.US_ASCII);
    }

    /** The first line of an answer, and nothing but its end behind it. */
    private static String refusal(Socket socket) throws IOException {
        try (socket) {
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII)
                    .lines()
                    .findFirst()
                    .orElse("");
        }
    }

    private static void skipHead(Socket get) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append(read(get, 1));
        }
        assertThat(head).startsWith(OPEN);
    }

    @Test
    void onePostBehindTheOtherSpeaksInOneTunnel() throws Exception {
        try (Socket get = ask("127.0.0.1", "GET", "c1")) {
            skipHead(get);
            for (int i = 1; i <= 3; i++) {
                try (Socket post = ask("127.0.0.1", "POST", "c1")) {
                    send(post, options(i));
                    assertThat(read(get, ANSWER.length())).isEqualTo(ANSWER);
                    StringBuilder rest = new StringBuilder();
                    while (rest.indexOf("\r\n\r\n") < 0) {
                        rest.append(read(get, 1));
                    }
                    assertThat(rest).contains("CSeq: " + i);
                }
            }
        }
    }

    @Test
    void whoeverHasNoTunnelIsRefused() throws Exception {
        assertThat(refusal(ask("127.0.0.1", "GET", ""))).isEqualTo("HTTP/1.1 404 Not Found");
        assertThat(refusal(ask("127.0.0.1", "POST", "c2"))).isEqualTo("HTTP/1.1 404 Not Found");
        try (Socket get = ask("127.0.0.1", "GET", "c2")) {
            skipHead(get);
            assertThat(refusal(ask("127.0.0.2", "POST", "c2")))
                    .as("from another address")
                    .isEqualTo("HTTP/1.1 404 Not Found");
            assertThat(refusal(ask("127.0.0.1", "GET", "c2")))
                    .as("the cookie of another")
                    .isEqualTo("HTTP/1.1 400 Bad Request");
            try (Socket post = ask("127.0.0.1", "POST", "c2")) {
                send(post, options(1));
                assertThat(read(get, ANSWER.length())).as("positive control").isEqualTo(ANSWER);
            }
        }
    }

    @Test
    void whatIsNoBase64EndsTheTunnelAndIsTold() throws Exception {
        try (Socket get = ask("127.0.0.1", "GET", "c3")) {
            skipHead(get);
            try (Socket post = ask("127.0.0.1", "POST", "c3")) {
                send(post, "OPTIONS * RTSP/1.0");
                assertThat(get.getInputStream().read()).isNegative();
            }
        }
        assertThat(events)
                .anySatisfy(event -> assertThat(event)
                        .isInstanceOfSatisfying(
                                RtspServerEvent.ConnectionFailed.class,
                                failed -> assertThat(failed.detail()).contains("base64")));
    }
}
