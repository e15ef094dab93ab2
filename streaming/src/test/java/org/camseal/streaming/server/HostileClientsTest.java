package org.camseal.streaming.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.camseal.media.Codec;
import org.camseal.media.VideoUnit;
import org.camseal.streaming.Login;
import org.camseal.streaming.Patient;
import org.camseal.streaming.Synthetic;
import org.camseal.streaming.client.HostCheck;
import org.camseal.streaming.client.RtspClient;
import org.camseal.streaming.client.RtspPlayback;
import org.camseal.streaming.client.RtspRequest;
import org.camseal.streaming.peer.TestTls;
import org.camseal.streaming.rtsp.RtspMessage.Response;
import org.camseal.streaming.rtsp.RtspReader;
import org.camseal.streaming.server.RtspServerSettings.ClientCertificates;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Clients that mean harm, from other addresses of the loopback network; beside each, a good one that plays all the while and one that comes
 * in the middle of it.
 */
@Timeout(120)
class HostileClientsTest {
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
    private static final Login GUARD = new Login("guard", "correct horse");
    private static final int MOST_HELD = 1_500;

    @TempDir
    private static Path directory;

    private static TestTls tls;

    private final List<RtspServerEvent> events = new CopyOnWriteArrayList<>();
    private final Synthetic source = new Synthetic(Codec.H264, 1);
    /** How far the server's clock has run ahead, so that nobody waits for its minute. */
    private final AtomicLong ahead = new AtomicLong();

    private LiveStream stream;

    @BeforeAll
    static void makeCertificate() throws Exception {
        tls = TestTls.make(directory);
    }

    @BeforeEach
    void makeStream() throws Exception {
        stream = new LiveStream(List.of(Synthetic.video(Codec.H264)));
        stream.publish(source.picture('I', 2_000));
    }

    private RtspServer start() throws Exception {
        RtspServerLimits limits = new RtspServerLimits(
                256, 64, 256, 10, Duration.ofHours(1), Duration.ofSeconds(60), Duration.ofHours(1));
        RtspServer server = RtspServer.start(
                RtspServerSettings.of(LOOPBACK, 0, Authenticator.digest("camera", List.of(GUARD)))
                        .withTls(tls.server(), ClientCertificates.NOT_ASKED)
                        .withLimits(limits)
                        .withEvents(events::add),
                new Random(1),
                () -> System.nanoTime() + ahead.get());
        server.mount("/live", stream);
        return server;
    }

    private RtspPlayback good(RtspServer server) throws Exception {
        RtspPlayback playback = RtspClient.open(Patient.request(new URI("rtsps://localhost:" + server.port() + "/live"))
                .withTls(tls.client().getSocketFactory(), HostCheck.BY_CERTIFICATE_NAME)
                .withLogin(GUARD));
        assertThat(playback.next()).isNotNull();
        return playback;
    }

    /** The next picture arrives at all of them. */
    private void plays(RtspPlayback... playbacks) throws Exception {
        VideoUnit picture = source.picture('I', 2_000);
        stream.publish(picture);
        for (RtspPlayback playback : playbacks) {
            assertThat(Synthetic.nals(List.of(playback.next()))).isEqualTo(picture.nalUnits());
        }
    }

    private static Socket from(String address, RtspServer server) throws IOException {
        Socket socket = new Socket();
        socket.bind(new InetSocketAddress(InetAddress.ofLiteral(address), 0));
        socket.connect(new InetSocketAddress(LOOPBACK, server.port()));
        return socket;
    }

    private static Socket securedFrom(String address, RtspServer server) throws IOException {
        return tls.client().getSocketFactory().createSocket(from(address, server), "localhost", server.port(), true);
    }

    private static boolean isEnded(Socket socket) {
        try {
            return socket.getInputStream().read() < 0;
        } catch (IOException e) {
            return true; // reset is an end too
        }
    }

    @Test
    void whoSpeaksByteByByteIsNotWaitedFor() throws Exception {
        try (RtspServer server = start();
                RtspPlayback good = good(server);
                Socket hello = from("127.0.0.2", server);
                Socket request = securedFrom("127.0.0.2", server);
                Socket tunnel = securedFrom("127.0.0.2", server);
                Socket webSocket = securedFrom("127.0.0.2", server)) {
            Thread trickling = Thread.ofVirtual().start(() -> trickle(List.of(hello, request, tunnel, webSocket)));
            try {
                plays(good);
                for (Socket socket : List.of(hello, request, tunnel, webSocket)) {
                    assertThat(isEnded(socket)).isTrue();
                }
                try (RtspPlayback late = good(server)) {
                    plays(good, late);
                }
            } finally {
                trickling.interrupt();
            }
        }
    }

    /** Each gets the beginning of what it would be, again and again, and never its end. */
    private void trickle(List<Socket> sockets) {
        List<byte[]> beginnings = List.of(
                new byte[] {22, 3, 1, 2, 0, 1, 0, 1, (byte) 0xfc, 3, 3},
                ascii("DESCRIBE rtsps://c/live RTSP/1.0\r\nX-Slow: "),
                ascii("GET /live HTTP/1.0\r\nx-sessioncookie: "),
                ascii("GET /live HTTP/1.1\r\nUpgrade: websocket\r\nConnection: "));
        try {
            for (int at = 0; !Thread.currentThread().isInterrupted(); at++) {
                for (int i = 0; i < sockets.size(); i++) {
                    byte[] beginning = beginnings.get(i);
                    send(sockets.get(i), new byte[] {at < beginning.length ? beginning[at] : (byte) 'x'});
                }
                Thread.sleep(50);
                ahead.addAndGet(1_000_000_000L);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void send(Socket socket, byte[] bytes) {
        try {
            OutputStream out = socket.getOutputStream();
            out.write(bytes);
            out.flush();
        } catch (IOException e) {
            // closed in front of it
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Test
    void tenThousandHalfOpenConnectionsDriveOutEachOther() throws Exception {
        Deque<Socket> held = new ArrayDeque<>();
        try (RtspServer server = start();
                RtspPlayback good = good(server)) {
            for (int i = 0; i < 10_000; i++) {
                // Every fourth from where the good ones are.
                held.add(from(i % 4 == 0 ? "127.0.0.1" : "127.1.0." + (1 + i % 100), server));
                if (held.size() > MOST_HELD) {
                    held.remove().close();
                }
                if (i % 2_000 == 1_000) {
                    plays(good);
                }
            }
            assertThat(server.connections().size()).isLessThanOrEqualTo(256);
            // Some leave by themselves before they are driven out; how many is a matter of who is scheduled when.
            assertThat(events.stream()
                            .filter(RtspServerEvent.ConnectionRefused.class::isInstance)
                            .count())
                    .isGreaterThan(5_000);
            try (RtspPlayback late = good(server)) {
                plays(good, late);
            }
        } finally {
            for (Socket socket : held) {
                socket.close();
            }
        }
    }

    @Test
    void whoAsksAgainAndAgainWithoutALoginIsTurnedAway() throws Exception {
        try (RtspServer server = start();
                RtspPlayback good = good(server)) {
            for (int i = 0; i < 20; i++) {
                try (Socket socket = securedFrom("127.0.0.2", server)) {
                    int answers = answers(socket, "DESCRIBE rtsps://c/live RTSP/1.0\r\nCSeq: 1\r\n\r\n".repeat(200));
                    assertThat(answers).as("then the connection is closed").isEqualTo(16);
                }
            }
            try (RtspPlayback late = good(server)) {
                plays(good, late);
            }
        }
    }

    private static int answers(Socket socket, String requests) throws IOException {
        Thread.ofVirtual().start(() -> send(socket, ascii(requests)));
        StringBuilder all = new StringBuilder();
        try {
            byte[] buffer = new byte[8_192];
            for (int read = socket.getInputStream().read(buffer);
                    read >= 0;
                    read = socket.getInputStream().read(buffer)) {
                all.append(new String(buffer, 0, read, StandardCharsets.US_ASCII));
            }
        } catch (IOException e) {
            // reset behind the last answer
        }
        return all.toString().split("RTSP/1.0 401", -1).length - 1;
    }

    /** Where everyone may look, nobody may set up more sessions than one address has connections. */
    @Test
    void sessionsOfOneAddressAreBounded() throws Exception {
        RtspServerLimits limits = new RtspServerLimits(
                64, 8, 64, 10, Duration.ofSeconds(60), Duration.ofSeconds(60), Duration.ofSeconds(20));
        try (RtspServer server = RtspServer.start(
                RtspServerSettings.of(LOOPBACK, 0, Authenticator.openToAll()).withLimits(limits))) {
            server.mount("/live", stream);
            RtspRequest request = Patient.request(new URI("rtsp://localhost:" + server.port() + "/live"));
            List<String> statuses = new ArrayList<>();
            try (RtspPlayback good = RtspClient.open(request);
                    Socket flood = from("127.0.0.2", server)) {
                assertThat(good.next()).isNotNull();
                StringBuilder requests = new StringBuilder();
                for (int i = 0; i < 100; i++) {
                    requests.append(
                                    "SETUP rtsp://c/live/track1 RTSP/1.0\r\nCSeq: 1\r\nTransport: RTP/AVP/TCP;interleaved=")
                            .append(2 * i)
                            .append('-')
                            .append(2 * i + 1)
                            .append("\r\n\r\n");
                }
                requests.append("BREW rtsp://c/live RTSP/1.0\r\nCSeq: 1\r\n\r\n");
                Thread.ofVirtual().start(() -> send(flood, ascii(requests.toString())));
                RtspReader reader = new RtspReader(flood.getInputStream(), 1_024);
                while (!statuses.contains("501")) {
                    statuses.add(Integer.toString(((Response) Objects.requireNonNull(reader.next())).status()));
                }
                assertThat(statuses.stream().filter("200"::equals)).hasSize(8);
                assertThat(statuses.stream().filter("453"::equals)).hasSize(92);
                try (RtspPlayback late = RtspClient.open(request)) {
                    assertThat(late.next()).isNotNull();
                    plays(good, late);
                }
            }
        }
    }
}
