package org.camseal.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How answers leave: late ones, ones that nobody takes, and header fields that stand there twice. */
@Timeout(120)
class AnswerTest {
    @Test
    void aHandlerMayBeSilentForLongerThanAClient() throws Exception {
        Duration idle = Duration.ofMillis(50);
        CountDownLatch never = new CountDownLatch(1);
        Routes slow = new Routes().get("/slow", _ -> {
            try {
                return WebResponse.json(never.await(10 * idle.toMillis(), TimeUnit.MILLISECONDS));
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        try (WebServer patient = WebServer.start(WebSettings.loopback(0, new Access.Anyone()), slow, idle);
                Wire wire = new Wire(patient.port())) {
            assertThat(wire.send(Wire.request("GET /slow", patient.port())).rest())
                    .contains("200 OK", "false");
        }
    }

    @Test
    void aClientThatTakesNothingIsLetGo() throws Exception {
        CountDownLatch gone = new CountDownLatch(1);
        Routes endless = new Routes()
                .get(
                        "/endless",
                        _ -> WebResponse.stream("application/octet-stream", out -> {
                            try {
                                while (true) {
                                    out.write(new byte[1 << 16]);
                                }
                            } catch (IOException e) {
                                gone.countDown();
                                throw e;
                            }
                        }));
        try (WebServer strict =
                        WebServer.start(WebSettings.loopback(0, new Access.Anyone()), endless, Duration.ofMillis(50));
                Wire wire = new Wire(strict.port())) {
            wire.send(Wire.request("GET /endless", strict.port()));
            assertThat(gone.await(60, TimeUnit.SECONDS)).isTrue();
        }
    }

    /** Clients that know one challenge read a joined list as one. */
    @Test
    void eachValueOfAHeaderStandsInAFieldOfItsOwn() throws Exception {
        Routes twice = new Routes()
                .get(
                        "/twice",
                        _ -> WebResponse.noContent()
                                .withHeader("WWW-Authenticate", List.of("Digest a=1", "Digest a=2")));
        try (WebServer server = WebServer.start(WebSettings.loopback(0, new Access.Anyone()), twice);
                Wire wire = new Wire(server.port())) {
            assertThat(wire.send(Wire.request("GET /twice", server.port())).rest())
                    .contains("WWW-Authenticate: Digest a=1\r\n", "WWW-Authenticate: Digest a=2\r\n");
        }
    }
}
