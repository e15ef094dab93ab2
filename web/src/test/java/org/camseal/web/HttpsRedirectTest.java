package org.camseal.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** The plain port says where HTTPS is and nothing else. */
class HttpsRedirectTest {
    private static final InetSocketAddress ANY_PORT = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

    private static String ask(HttpsRedirect redirect, String request) throws Exception {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), redirect.port())) {
            socket.setSoTimeout(60_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().flush();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        }
    }

    @Test
    void everythingIsElsewhere() throws Exception {
        try (HttpsRedirect redirect = HttpsRedirect.start(ANY_PORT, 8443)) {
            assertThat(ask(redirect, "GET /api/session?x=1 HTTP/1.1\r\nHost: camera.example:8080\r\n\r\n"))
                    .startsWith("HTTP/1.1 308 ")
                    .contains("Location: https://camera.example:8443/api/session?x=1\r\n")
                    .doesNotContain("Set-Cookie");
            assertThat(ask(
                            redirect,
                            "POST /api/login HTTP/1.1\r\nHost: [::1]\r\nContent-Length: 8\r\n\r\n{\"a\":\"b\""))
                    .startsWith("HTTP/1.1 308 ")
                    .contains("Location: https://[::1]:8443/api/login\r\n");
        }
        try (HttpsRedirect redirect = HttpsRedirect.start(ANY_PORT, 443)) {
            assertThat(ask(redirect, "GET / HTTP/1.1\r\nHost: camera.example\r\n\r\n"))
                    .contains("Location: https://camera.example/\r\n");
        }
    }

    @Test
    void whatIsNoHostOrPathIsNotRepeated() throws Exception {
        try (HttpsRedirect redirect = HttpsRedirect.start(ANY_PORT, 8443)) {
            assertThat(ask(redirect, "GET / HTTP/1.1\r\nHost: evil.example@camera\r\n\r\n"))
                    .startsWith("HTTP/1.1 400 ")
                    .doesNotContain("Location");
            assertThat(ask(redirect, "GET //evil.example/ HTTP/1.1\r\nHost: camera\r\n\r\n"))
                    .doesNotContain("Location: https://camera:8443//");
        }
    }

    @Test
    void aPortThatIsTakenIsNamed() throws Exception {
        try (HttpsRedirect first = HttpsRedirect.start(ANY_PORT, 8443)) {
            InetSocketAddress taken = new InetSocketAddress(InetAddress.getLoopbackAddress(), first.port());
            assertThatThrownBy(() -> HttpsRedirect.start(taken, 8443))
                    .isInstanceOf(WebException.CannotStart.class)
                    .hasMessageContaining("port " + first.port());
        }
    }
}
