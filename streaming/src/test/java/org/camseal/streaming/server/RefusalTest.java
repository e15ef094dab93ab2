package org.camseal.streaming.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.camseal.media.AccessUnit;
import org.camseal.media.Codec;
import org.camseal.media.VideoUnit;
import org.camseal.streaming.CannotListenException;
import org.camseal.streaming.LegacyDigest;
import org.camseal.streaming.Login;
import org.camseal.streaming.Patient;
import org.camseal.streaming.ProtocolException;
import org.camseal.streaming.RefusedException;
import org.camseal.streaming.Synthetic;
import org.camseal.streaming.TimedOutException;
import org.camseal.streaming.Transport;
import org.camseal.streaming.UnreachableException;
import org.camseal.streaming.UntrustedException;
import org.camseal.streaming.client.HostCheck;
import org.camseal.streaming.client.RtspClient;
import org.camseal.streaming.client.RtspPlayback;
import org.camseal.streaming.client.RtspRequest;
import org.camseal.streaming.client.Timeouts;
import org.camseal.streaming.peer.TestTls;
import org.camseal.streaming.server.RtspServerSettings.ClientCertificates;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a server and a client refuse; beside each refusal stands a case that is let through. */
@Timeout(60)
class RefusalTest {
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
    private static final Login GUARD = new Login("guard", "correct horse");
    private static final Authenticator SHA_256 = Authenticator.digest("camera", List.of(GUARD));

    @TempDir
    private Path directory;

    private final List<RtspServerEvent> events = new CopyOnWriteArrayList<>();

    private RtspServer start(RtspServerSettings settings) throws Exception {
        RtspServer server = RtspServer.start(settings.withEvents(events::add));
        LiveStream stream = new LiveStream(List.of(Synthetic.video(Codec.H264)));
        for (VideoUnit unit : new Synthetic(Codec.H264, 1).pictures("IP", 2_000)) {
            stream.publish(unit);
        }
        server.mount("/live", stream);
        return server;
    }

    private static RtspServerSettings settings(Authenticator authenticator) {
        return RtspServerSettings.of(LOOPBACK, 0, authenticator);
    }

    private static RtspServerLimits limits(
            int connections, int sessions, int logins, Duration request, Duration write) {
        return new RtspServerLimits(connections, connections, sessions, logins, Duration.ofSeconds(60), request, write);
    }

    private static RtspRequest request(String scheme, RtspServer server, String path) throws Exception {
        return Patient.request(new URI(scheme + "://localhost:" + server.port() + path));
    }

    private static void plays(RtspRequest request) throws Exception {
        try (RtspPlayback playback = RtspClient.open(request)) {
            assertThat(playback.next()).isNotNull();
        }
    }

    @Test
    void onlyTheRightLoginPlays() throws Exception {
        try (RtspServer server = start(settings(SHA_256))) {
            RtspRequest request = request("rtsp", server, "/live");
            plays(request.withLogin(GUARD));
            assertThatThrownBy(() -> RtspClient.open(request))
                    .isInstanceOf(RefusedException.class)
                    .hasMessageContaining("asks for a login");
            for (Login wrong : List.of(new Login("guard", "wrong horse"), new Login("nobody", "correct horse"))) {
                assertThatThrownBy(() -> RtspClient.open(request.withLogin(wrong)))
                        .isInstanceOfSatisfying(
                                RefusedException.class,
                                e -> assertThat(e.isLogin()).isTrue())
                        .hasMessageNotContaining("horse");
            }
            assertThat(events.stream().filter(RtspServerEvent.LoginFailed.class::isInstance))
                    .hasSize(2);
            assertThatThrownBy(() ->
                            RtspClient.open(request("rtsp", server, "/other").withLogin(GUARD)))
                    .isInstanceOfSatisfying(
                            RefusedException.class, e -> assertThat(e.status()).isEqualTo(404));
        }
    }

    @Test
    void passwordsCannotBeTriedAtSpeed() throws Exception {
        RtspServerLimits limits = limits(64, 64, 3, Duration.ofSeconds(15), Duration.ofSeconds(20));
        try (RtspServer server = start(settings(SHA_256).withLimits(limits))) {
            RtspRequest request = request("rtsp", server, "/live");
            for (int i = 0; i < 3; i++) {
                assertThatThrownBy(() -> RtspClient.open(request.withLogin(new Login("guard", "wrong"))))
                        .isInstanceOf(RefusedException.class);
            }
            assertThatThrownBy(() -> RtspClient.open(request.withLogin(GUARD)))
                    .isInstanceOfSatisfying(
                            RefusedException.class, e -> assertThat(e.status()).isEqualTo(403));
        }
    }

    @Test
    void md5IsTakenOnlyWhereItIsAskedForByName() throws Exception {
        String challenge = "WWW-Authenticate: Digest realm=\"camera\", nonce=\"";
        try (RtspServer server = start(settings(SHA_256))) {
            assertThat(answer(server, "DESCRIBE", ""))
                    .contains("algorithm=SHA-256, qop=\"auth\"")
                    .doesNotContain("MD5");
            String md5 =
                    "Authorization: Digest username=\"guard\", realm=\"camera\", nonce=\"x\", uri=\"/\", response=\"y\"\r\n";
            assertThat(answer(server, "DESCRIBE", md5))
                    .startsWith("RTSP/1.0 401")
                    .contains(challenge);
            assertThat(events.toString()).contains("MD5, which is not accepted");
        }
        try (RtspServer server = start(settings(Authenticator.digest("camera", List.of(GUARD), LegacyDigest.MD5)))) {
            assertThat(answer(server, "DESCRIBE", "")).containsSubsequence("SHA-256", "MD5");
            plays(request("rtsp", server, "/live").withLogin(GUARD));
        }
    }

    /** Sends one request and returns all that comes back until the connection is closed or quiet. */
    private static String answer(RtspServer server, String method, String headers) throws IOException {
        return exchange(server, method + " rtsp://localhost/live RTSP/1.0\r\nCSeq: 1\r\n" + headers + "\r\n");
    }

    private static String exchange(RtspServer server, String bytes) throws IOException {
        try (Socket socket = new Socket(LOOPBACK, server.port())) {
            socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
            socket.shutdownOutput();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void everyRequestGetsTheAnswerOfTheStandard() throws Exception {
        try (RtspServer server = start(settings(Authenticator.openToAll()))) {
            assertThat(answer(server, "OPTIONS", "")).startsWith("RTSP/1.0 200").contains("SET_PARAMETER");
            assertThat(answer(server, "DESCRIBE", "Require: onvif-replay\r\n")).startsWith("RTSP/1.0 551");
            assertThat(answer(server, "DESCRIBE", "Accept: text/plain\r\n")).startsWith("RTSP/1.0 406");
            assertThat(answer(server, "RECORD", "")).startsWith("RTSP/1.0 405");
            assertThat(answer(server, "BREW", "")).startsWith("RTSP/1.0 501");
            assertThat(answer(server, "PLAY", "Session: 0\r\n")).startsWith("RTSP/1.0 454");
            assertThat(answer(server, "GET_PARAMETER", "")).startsWith("RTSP/1.0 200");
            assertThat(answer(server, "SETUP", "Transport: RTP/SAVP;unicast;client_port=5000-5001\r\n"))
                    .startsWith("RTSP/1.0 461");
            assertThat(answer(server, "SETUP", "Transport: RTP/AVP;unicast;client_port=22-23\r\n"))
                    .startsWith("RTSP/1.0 461");
            assertThat(answer(server, "SETUP", "Transport: RTP/AVP;client_port=99999\r\n"))
                    .startsWith("RTSP/1.0 400");
            assertThat(exchange(server, "OPTIONS * RTSP/1.0\r\n\r\n")).startsWith("RTSP/1.0 400");
            assertThat(exchange(server, "no rtsp at all\r\n\r\n")).isEmpty();
            plays(request("rtsp", server, "/live"));
        }
    }

    @Test
    void connectionsSessionsAndSilenceAreBounded() throws Exception {
        RtspServerLimits limits = limits(8, 2, 10, Duration.ofMillis(700), Duration.ofSeconds(20));
        try (RtspServer server = start(settings(Authenticator.openToAll()).withLimits(limits))) {
            List<Socket> silent = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                silent.add(new Socket(LOOPBACK, server.port()));
            }
            for (Socket socket : silent) { // refused at once, or closed because it asked nothing
                try (InputStream in = socket.getInputStream()) {
                    assertThat(endsQuietly(in)).isTrue();
                }
            }
            assertThat(events.stream().filter(RtspServerEvent.ConnectionRefused.class::isInstance))
                    .hasSizeGreaterThanOrEqualTo(32);
            RtspRequest request = request("rtsp", server, "/live");
            try (RtspPlayback first = RtspClient.open(request);
                    RtspPlayback second = RtspClient.open(request)) {
                assertThat(first.next()).isNotNull();
                assertThat(second.next()).isNotNull();
                assertThatThrownBy(() -> RtspClient.open(request))
                        .isInstanceOfSatisfying(
                                RefusedException.class,
                                e -> assertThat(e.status()).isEqualTo(453));
            }
        }
    }

    private static boolean endsQuietly(InputStream in) {
        try {
            return in.read() < 0;
        } catch (IOException e) {
            return true; // reset is an end too
        }
    }

    @Test
    void aPortThatIsTakenIsNamed() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, LOOPBACK)) {
            assertThatThrownBy(() -> RtspServer.start(RtspServerSettings.of(LOOPBACK, taken.getLocalPort(), SHA_256)))
                    .isInstanceOf(CannotListenException.class)
                    .hasMessageContaining("port " + taken.getLocalPort());
        }
    }

    @Test
    void insideTlsNoMediaLeavesItAndCertificatesAreChecked() throws Exception {
        TestTls tls = TestTls.make(directory);
        try (RtspServer server = start(settings(SHA_256).withTls(tls.server(), ClientCertificates.NOT_ASKED))) {
            RtspRequest request = request("rtsps", server, "/live").withLogin(GUARD);
            plays(request.withTls(tls.client().getSocketFactory(), HostCheck.BY_CERTIFICATE_NAME));
            assertThatThrownBy(() -> RtspClient.open(request)).isInstanceOf(UntrustedException.class);
            assertThatThrownBy(() -> request.withTransport(Transport.UDP)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() ->
                            RtspClient.open(request("rtsp", server, "/live").withTimeouts(quick())))
                    .isInstanceOfAny(UnreachableException.class, TimedOutException.class, ProtocolException.class);
        }
        try (RtspServer server =
                start(settings(Authenticator.openToAll()).withTls(tls.server(), ClientCertificates.REQUIRED))) {
            RtspRequest request = request("rtsps", server, "/live");
            plays(request.withTls(tls.clientWithCertificate().getSocketFactory(), HostCheck.BY_CERTIFICATE_NAME));
            assertThatThrownBy(() -> RtspClient.open(
                            request.withTls(tls.client().getSocketFactory(), HostCheck.BY_CERTIFICATE_NAME)))
                    .isInstanceOfAny(UntrustedException.class, UnreachableException.class);
        }
    }

    private static Timeouts quick() {
        return new Timeouts(Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofSeconds(1));
    }

    @Test
    void aSourceThatNeverAnswersOrNeverSendsIsGivenUp() throws Exception {
        try (ServerSocket mute = new ServerSocket(0, 5, LOOPBACK)) {
            URI uri = new URI("rtsp://localhost:" + mute.getLocalPort() + "/live");
            assertThatThrownBy(() -> RtspClient.open(Patient.request(uri).withTimeouts(quick())))
                    .isInstanceOf(TimedOutException.class)
                    .hasMessageContaining("port " + mute.getLocalPort());
            URI secure = new URI("rtsps://localhost:" + mute.getLocalPort() + "/live");
            assertThatThrownBy(() -> RtspClient.open(Patient.request(secure).withTimeouts(quick())))
                    .isInstanceOf(TimedOutException.class);
        }
        try (RtspServer server = start(settings(Authenticator.openToAll()));
                RtspPlayback playback =
                        RtspClient.open(request("rtsp", server, "/live").withTimeouts(quick()))) {
            assertThat(playback.next()).isNotNull();
            assertThat(playback.next()).isNotNull();
            assertThatThrownBy(playback::next)
                    .isInstanceOf(TimedOutException.class)
                    .hasMessageContaining("no access unit");
            assertThat(playback.next()).isNull();
        }
    }

    @Test
    void aServerThatGoesAwayIsAnError() throws Exception {
        RtspServer server = start(settings(Authenticator.openToAll()));
        try (RtspPlayback playback = RtspClient.open(request("rtsp", server, "/live"))) {
            assertThat(playback.next()).isNotNull();
            server.close();
            assertThatThrownBy(() -> {
                        for (AccessUnit unit = playback.next(); unit != null; unit = playback.next()) {
                            assertThat(unit).isNotNull();
                        }
                    })
                    .isInstanceOf(UnreachableException.class);
        }
    }
}
