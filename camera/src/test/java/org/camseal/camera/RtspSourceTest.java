package org.camseal.camera;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.camseal.media.AccessUnit;
import org.camseal.media.VideoUnit;
import org.camseal.streaming.LegacyDigest;
import org.camseal.streaming.Login;
import org.camseal.streaming.Transport;
import org.camseal.streaming.client.RtspRequest;
import org.camseal.streaming.client.Timeouts;
import org.camseal.streaming.server.Authenticator;
import org.camseal.streaming.server.LiveStream;
import org.camseal.streaming.server.RtspServer;
import org.camseal.streaming.server.RtspServerSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RtspSourceTest {
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
    private static final Timeouts SHORT =
            new Timeouts(Duration.ofSeconds(5), Duration.ofMillis(300), Duration.ofMillis(500));
    private static final Timeouts PATIENT =
            new Timeouts(Duration.ofSeconds(20), Duration.ofSeconds(20), Duration.ofSeconds(20));

    private final LiveClock clock = LiveClock.system();

    private static RtspRequest request(int port, Timeouts timeouts) {
        return RtspRequest.of(URI.create("rtsp://" + LOOPBACK.getHostAddress() + ":" + port + "/live"))
                .withTimeouts(timeouts);
    }

    @ParameterizedTest
    @EnumSource(names = {"TCP", "UDP"})
    void unitsOfAnotherCameraComeBitForBit(Transport transport) throws Exception {
        Films.Film film = Films.pattern(Films.SMALL, 300);
        Authenticator login = Authenticator.digest("other camera", List.of(new Login("gateway", "secret word")));
        AtomicBoolean done = new AtomicBoolean();
        try (RtspServer server = RtspServer.start(RtspServerSettings.of(LOOPBACK, 0, login));
                LiveStream stream = new LiveStream(film.tracks())) {
            server.mount("/live", stream);
            Thread sender = Thread.ofVirtual().start(() -> send(film, stream, done));
            RtspRequest request = request(server.port(), PATIENT)
                    .withLogin(new Login("gateway", "secret word"))
                    .withTransport(transport);
            RtspSource source = new RtspSource(request);
            assertThat(source.describe()).doesNotContain("secret").doesNotContain("gateway");
            try (SourceSession session = source.open(clock)) {
                assertThat(session.tracks()).hasSize(2);
                for (int pictures = 0; pictures < 30; ) {
                    AccessUnit unit = requireNonNull(session.next());
                    if (unit instanceof VideoUnit picture) {
                        assertThat(film.units())
                                .anyMatch(sent -> sent instanceof VideoUnit one
                                        && one.nalUnits().equals(picture.nalUnits()));
                        pictures++;
                    }
                }
            } finally {
                done.set(true);
                sender.join();
            }
        }
    }

    private static void send(Films.Film film, LiveStream stream, AtomicBoolean done) {
        try {
            for (int i = 0; !done.get(); i = (i + 1) % film.units().size()) {
                stream.publish(film.units().get(i));
                Thread.sleep(5);
            }
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aServerThatAcceptsAndNeverAnswersIsGivenUp() throws Exception {
        try (ServerSocket mute = new ServerSocket(0, 5, LOOPBACK)) {
            RtspSource source = new RtspSource(request(mute.getLocalPort(), SHORT));
            assertThatThrownBy(() -> source.open(clock))
                    .isInstanceOf(SourceException.Lost.class)
                    .hasMessageContaining("rtsp://127.0.0.1:" + mute.getLocalPort() + "/live");
        }
    }

    @Test
    void aStreamWithoutUnitsIsGivenUp() throws Exception {
        Films.Film film = Films.pattern(Films.SILENT, 1);
        try (RtspServer server = RtspServer.start(RtspServerSettings.of(LOOPBACK, 0, Authenticator.openToAll()));
                LiveStream stream = new LiveStream(film.tracks())) {
            server.mount("/live", stream);
            RtspSource source = new RtspSource(request(server.port(), SHORT));
            assertThatThrownBy(() -> {
                        try (SourceSession session = source.open(clock)) {
                            session.next();
                        }
                    })
                    .isInstanceOf(SourceException.Lost.class);
        }
    }

    @Test
    void aPortWithoutServerMayComeBackButAWrongLoginOrPathStaysWrong() throws Exception {
        int free;
        try (ServerSocket socket = new ServerSocket(0, 1, LOOPBACK)) {
            free = socket.getLocalPort();
        }
        assertThatThrownBy(() -> new RtspSource(request(free, SHORT)).open(clock))
                .isInstanceOf(SourceException.Lost.class);
        Authenticator login =
                Authenticator.digest("other camera", List.of(new Login("gateway", "right")), LegacyDigest.REFUSED);
        try (RtspServer server = RtspServer.start(RtspServerSettings.of(LOOPBACK, 0, login))) {
            RtspRequest wrong = request(server.port(), PATIENT).withLogin(new Login("gateway", "wrong"));
            assertThatThrownBy(() -> new RtspSource(wrong).open(clock))
                    .isInstanceOf(SourceException.Unusable.class)
                    .message()
                    .doesNotContain("wrong");
            RtspRequest unknown = request(server.port(), PATIENT).withLogin(new Login("gateway", "right"));
            assertThatThrownBy(() -> new RtspSource(unknown).open(clock)).isInstanceOf(SourceException.Unusable.class);
        }
    }
}
