package org.camseal.streaming.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import org.camseal.media.AccessUnit;
import org.camseal.media.Codec;
import org.camseal.streaming.LegacyDigest;
import org.camseal.streaming.Login;
import org.camseal.streaming.RefusedException;
import org.camseal.streaming.Synthetic;
import org.camseal.streaming.Transport;
import org.camseal.streaming.client.RtspClient;
import org.camseal.streaming.client.RtspPlayback;
import org.camseal.streaming.client.RtspRequest;
import org.camseal.streaming.rtsp.DigestAlgorithm;
import org.camseal.streaming.rtsp.DigestSecret;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A reader whose user is not what it was is shown out, and no other. */
@Timeout(180)
class StandingTest {
    private static final Login GUARD = new Login("guard", "correct horse");
    private static final Login CLERK = new Login("clerk", "battery staple");

    /** Users that can be changed. */
    private static final class Users implements DigestUsers {
        private final Map<String, String> passwords =
                new ConcurrentHashMap<>(Map.of(GUARD.user(), GUARD.password(), CLERK.user(), CLERK.password()));
        private final Map<String, Long> generations = new ConcurrentHashMap<>();

        @Override
        public Optional<DigestSecret> secret(String user, DigestAlgorithm algorithm) {
            return Optional.ofNullable(passwords.get(user))
                    .map(password -> DigestSecret.of(algorithm, new Login(user, password), "camera"));
        }

        @Override
        public long generation(String user) {
            return generations.getOrDefault(user, 0L);
        }
    }

    /** What can become of a user. */
    enum Change {
        REMOVED,
        OTHER_SECRET,
        OTHER_GENERATION
    }

    private final Users users = new Users();
    private final Synthetic source = new Synthetic(Codec.H264, 1);
    private final LiveStream stream = new LiveStream(List.of(Synthetic.video(Codec.H264)));
    private final List<RtspServerEvent> events = new CopyOnWriteArrayList<>();
    private RtspServer server;

    @BeforeEach
    void start() throws Exception {
        server = RtspServer.start(RtspServerSettings.of(
                        InetAddress.getLoopbackAddress(),
                        0,
                        new Authenticator.Digest("camera", users, LegacyDigest.REFUSED))
                .withEvents(events::add));
        server.mount("/live", stream);
        stream.publish(source.picture('I', 3_000));
    }

    @AfterEach
    void stop() {
        server.close();
        stream.close();
    }

    private RtspRequest request(Login login, Transport transport) throws Exception {
        return RtspRequest.of(new URI("rtsp://localhost:" + server.port() + "/live"))
                .withLogin(login)
                .withTransport(transport);
    }

    private void change(Change change) {
        switch (change) {
            case REMOVED -> users.passwords.remove(GUARD.user());
            case OTHER_SECRET -> users.passwords.put(GUARD.user(), "another horse");
            case OTHER_GENERATION -> users.generations.put(GUARD.user(), 1L);
        }
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        long patience = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!condition.getAsBoolean() && System.nanoTime() < patience) {
            Thread.sleep(10);
        }
        assertThat(condition.getAsBoolean()).isTrue();
    }

    private List<RtspServerEvent.SessionEnded> ended() {
        return events.stream()
                .filter(RtspServerEvent.SessionEnded.class::isInstance)
                .map(RtspServerEvent.SessionEnded.class::cast)
                .toList();
    }

    @ParameterizedTest
    @CsvSource({"REMOVED, TCP", "REMOVED, UDP", "OTHER_SECRET, TCP", "OTHER_GENERATION, TCP"})
    void whoIsNotWhatHeWasIsShownOutAndNobodyElse(Change change, Transport transport) throws Exception {
        try (RtspPlayback guard = RtspClient.open(request(GUARD, transport));
                RtspPlayback clerk = RtspClient.open(request(CLERK, transport))) {
            assertThat(guard.next()).isNotNull();
            assertThat(clerk.next()).isNotNull();
            assertThat(stream.readers()).isEqualTo(2);
            assertThat(server.connections().size()).isEqualTo(2);
            change(change);
            await(() -> server.connections().size() == 1 && stream.readers() == 1);
            assertThat(ended())
                    .singleElement()
                    .satisfies(event ->
                            assertThat(event.reason()).contains("the user was removed, or has another secret"));
            stream.publish(source.picture('I', 3_000));
            AccessUnit next = clerk.next();
            assertThat(next).as("the other reader goes on").isNotNull();
            if (change == Change.OTHER_GENERATION) {
                try (RtspPlayback again = RtspClient.open(request(GUARD, transport))) {
                    assertThat(again.next()).as("a new login counts").isNotNull();
                }
            } else {
                assertThatThrownBy(() -> RtspClient.open(request(GUARD, transport)))
                        .isInstanceOfSatisfying(
                                RefusedException.class,
                                e -> assertThat(e.isLogin()).isTrue());
            }
        }
    }
}
