package org.camseal.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A plain server for everybody: on any address, under any name, and for nobody more than a share. */
@Timeout(60)
class EverybodyTest {
    private static WebServer start(int perSecond, int connections) throws Exception {
        WebSettings settings = WebSettings.forEverybody(new InetSocketAddress(0), new Access.Everybody(perSecond))
                .withMaxBodyBytes(100)
                .withMaxConnections(connections);
        return WebServer.start(
                settings,
                new Routes()
                        .get("/word", request -> WebResponse.text("said"))
                        .post("/word", request -> WebResponse.text("heard")));
    }

    private static String ask(WebServer server, String request) throws Exception {
        try (Wire wire = new Wire(server.port())) {
            return wire.send(request).rest();
        }
    }

    @Test
    void itListensOnAllAddressesUnderAnyNameAndReadsLittle() throws Exception {
        try (WebServer server = start(100_000, 64)) {
            assertThat(ask(server, "GET /word HTTP/1.1\r\nHost: crl.example\r\nConnection: close\r\n\r\n"))
                    .startsWith("HTTP/1.1 200")
                    .contains("said");
            assertThat(ask(server, Wire.request("POST /word", server.port(), "Content-Length: 101")))
                    .startsWith("HTTP/1.1 413");
        }
    }

    @Test
    void aBodyThatNobodyReadsEndsTheConnectionAndTheAnswerSaysSo() throws Exception {
        try (WebServer server = start(100_000, 64)) {
            assertThat(ask(server, "POST /word HTTP/1.1\r\nHost: a\r\nContent-Length: 101\r\n\r\n"))
                    .startsWith("HTTP/1.1 413")
                    .containsIgnoringCase("Connection: close");
            try (Wire wire = new Wire(server.port())) {
                wire.send("GET /nothing HTTP/1.1\r\nHost: a\r\n\r\n");
                assertThat(wire.until("}"))
                        .as("positive control: where there is no body")
                        .startsWith("HTTP/1.1 404")
                        .doesNotContainIgnoringCase("Connection: close");
            }
        }
    }

    @Test
    void whoAsksTooOftenIsToldSo() throws Exception {
        try (WebServer server = start(1, 64)) {
            List<String> answers = new ArrayList<>();
            while (answers.isEmpty() || answers.getLast().startsWith("HTTP/1.1 200")) {
                assertThat(answers)
                        .as("one a second would need minutes for these")
                        .hasSizeLessThan(1000);
                answers.add(ask(server, Wire.request("GET /word", server.port())));
            }
            assertThat(answers).hasSizeGreaterThanOrEqualTo(RequestRate.BURST_SECONDS);
            assertThat(answers.getLast()).startsWith("HTTP/1.1 429").contains("oo many requests");
        }
    }

    @Test
    void oneAddressHasAQuarterOfTheConnections() throws Exception {
        List<Wire> held = new ArrayList<>();
        try (WebServer server = start(100_000, 8)) {
            for (int i = 0; i < 2; i++) {
                Wire wire = new Wire(server.port());
                held.add(wire);
                wire.send("GET /word HTTP/1.1\r\nHost: a\r\n\r\n");
                assertThat(wire.until("said")).startsWith("HTTP/1.1 200");
            }
            try (Wire third = new Wire(server.port())) {
                assertThat(third.rest()).as("closed without a word").isEmpty();
            }
            held.getFirst().send("GET /word HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
            assertThat(held.getFirst().rest()).as("those before go on").contains("said");
        } finally {
            for (Wire wire : held) {
                wire.close();
            }
        }
    }

    @Test
    void theRateIsAnAveragePerNetwork() throws Exception {
        AtomicLong nanos = new AtomicLong();
        RequestRate rate = new RequestRate(2, nanos::get);
        InetAddress one = InetAddress.getByName("2001:db8::1");
        for (int i = 0; i < 2 * RequestRate.BURST_SECONDS; i++) {
            assertThat(rate.take(one)).isTrue();
        }
        assertThat(rate.take(one)).isFalse();
        assertThat(rate.take(InetAddress.getByName("2001:db8::2")))
                .as("of the same network")
                .isFalse();
        assertThat(rate.take(InetAddress.getByName("2001:db8:0:1::1")))
                .as("another's")
                .isTrue();
        nanos.addAndGet(500_000_000);
        assertThat(rate.take(one)).as("half a second later").isTrue();
        assertThat(rate.take(one)).isFalse();
        assertThatThrownBy(() -> new Access.Everybody(0)).hasMessageContaining("1 to 100 000");
    }
}
