package org.camseal.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Answers that take their time. */
@Timeout(60)
class StreamTest {
    record Camera(String serial, int frames) {}

    @Test
    void closingEndsStreamsAndGivesThePortBack() throws Exception {
        CountDownLatch waiting = new CountDownLatch(2);
        CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
        Routes routes = new Routes()
                .get(
                        "/live",
                        request -> WebResponse.stream("video/mp4", out -> {
                            waiting.countDown();
                            try {
                                Thread.sleep(60_000);
                            } catch (InterruptedException e) {
                                interrupted.complete(true);
                                throw e;
                            }
                        }))
                .get(
                        "/events",
                        request -> WebResponse.events(events -> {
                            waiting.countDown();
                            Thread.sleep(60_000);
                        }));
        WebServer other = WebServer.start(WebSettings.loopback(0, new Access.Anyone()), routes);
        int port = other.port();
        try (Wire live = new Wire(port);
                Wire events = new Wire(port)) {
            live.send(Wire.request("GET /live", port));
            events.send(Wire.request("GET /events", port));
            assertThat(live.until("\r\n\r\n"))
                    .as("headers come before the first byte does")
                    .startsWith("HTTP/1.1 200 ");
            assertThat(waiting.await(20, TimeUnit.SECONDS)).isTrue();
            other.close();
            assertThat(interrupted.get(20, TimeUnit.SECONDS)).isTrue();
            live.rest();
            events.rest();
        }
        WebServer.start(WebSettings.loopback(port, new Access.Anyone()), new Routes())
                .close();
    }

    @Test
    void eventsComeOneByOneAndAGoneClientEndsTheProducer() throws Exception {
        CompletableFuture<String> end = new CompletableFuture<>();
        Routes routes = new Routes()
                .get(
                        "/events",
                        request -> WebResponse.events(events -> {
                            try {
                                for (int i = 0; ; i++) {
                                    events.send("tick", new Camera("ü\n", i));
                                    Thread.sleep(i < 2 ? 0 : 20);
                                }
                            } catch (IOException | InterruptedException e) {
                                end.complete("ended");
                                throw e;
                            }
                        }));
        try (WebServer other = WebServer.start(WebSettings.loopback(0, new Access.Anyone()), routes)) {
            try (Wire wire = new Wire(other.port())) {
                wire.send(Wire.request("GET /events", other.port()));
                String seen = wire.until("\"frames\":2}");
                assertThat(seen)
                        .contains("Content-Type: text/event-stream\r\n")
                        .contains("event: tick\ndata: {\"serial\":\"")
                        .contains("\\n\",\"frames\":0}\n\n");
            }
            assertThat(end.get(30, TimeUnit.SECONDS)).isEqualTo("ended");
        }
    }

    @Test
    void aStreamThatBreaksOffIsSeenToBeBroken() throws Exception {
        Routes routes = new Routes()
                .get(
                        "/half",
                        request -> WebResponse.stream("text/plain", out -> {
                            out.write("half".getBytes(StandardCharsets.US_ASCII));
                            out.flush();
                            throw new IOException("the source ended");
                        }));
        try (WebServer other = WebServer.start(WebSettings.loopback(0, new Access.Anyone()), routes);
                Wire wire = new Wire(other.port())) {
            wire.send(Wire.request("GET /half", other.port()));
            assertThat(wire.rest())
                    .contains("half")
                    .as("no last chunk: not the whole")
                    .doesNotContain("\r\n0\r\n\r\n");
        }
    }
}
