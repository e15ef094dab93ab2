package org.camseal.camera;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.camseal.ffmpeg.TestPatternSettings;
import org.camseal.ffmpeg.VideoEncoderSettings;
import org.camseal.media.AccessUnit;
import org.camseal.media.Track;
import org.camseal.media.VideoUnit;
import org.camseal.streaming.server.Authenticator;
import org.camseal.streaming.server.LiveStream;
import org.camseal.streaming.server.RtspServer;
import org.camseal.streaming.server.RtspServerSettings;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A request of a key picture on its way through the sources. */
@Timeout(60)
class KeyRequestTest {
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    private static VideoUnit picture(SourceSession session) throws Exception {
        return (VideoUnit) requireNonNull(session.next());
    }

    /** Of its own accord this one makes a key picture every 250 pictures. */
    @Test
    void theTestPatternMakesOneOutOfTurn() throws Exception {
        TestPatternSettings rarely =
                new TestPatternSettings(new VideoEncoderSettings(320, 180, 25, 300_000, 250), false);
        try (SourceSession session = new TestPatternSource(rarely).open(new FakeClock())) {
            assertThat(picture(session).isKey()).isTrue();
            for (int i = 0; i < 5; i++) {
                assertThat(picture(session).isKey()).as("nobody asked").isFalse();
            }
            session.requestKey();
            assertThat(picture(session).isKey()).isTrue();
            assertThat(picture(session).isKey()).as("once").isFalse();
        }
    }

    @Test
    void anotherCameraIsAskedByRtcp() throws Exception {
        Films.Film film = Films.pattern(Films.SILENT, 3);
        CountDownLatch asked = new CountDownLatch(1);
        try (RtspServer server = RtspServer.start(RtspServerSettings.of(LOOPBACK, 0, Authenticator.openToAll()));
                LiveStream stream = new LiveStream(film.tracks())) {
            stream.onKeyRequest(asked::countDown);
            server.mount("/live", stream);
            for (AccessUnit unit : film.units()) {
                stream.publish(unit);
            }
            RtspSource source = RtspSource.of(URI.create("rtsp://127.0.0.1:" + server.port() + "/live"));
            try (SourceSession session = source.open(LiveClock.system())) {
                assertThat(picture(session).isKey()).isTrue();
                session.requestKey();
                assertThat(asked.await(50, TimeUnit.SECONDS)).isTrue();
            }
        }
    }

    /** While there is a source it is asked, and nobody else before and after. */
    @Test
    void theRunnerAsksTheSourceThatGives() throws Exception {
        Films.Film film = Films.pattern(Films.SILENT, 1);
        AtomicReference<SourceRunner> running = new AtomicReference<>();
        CountDownLatch asked = new CountDownLatch(1);
        UnitSink asks = new UnitSink() {
            @Override
            public void begin(List<Track> tracks) {}

            @Override
            public void take(AccessUnit unit) {
                running.get().requestKey();
            }
        };
        SourceSession once = new SourceSession() {
            private boolean given;

            @Override
            public List<Track> tracks() {
                return film.tracks();
            }

            @Override
            public @Nullable AccessUnit next() {
                AccessUnit unit = given ? null : film.units().getFirst();
                given = true;
                return unit;
            }

            @Override
            public void requestKey() {
                asked.countDown();
            }

            @Override
            public void close() {}
        };
        Backoff backoff = new Backoff(Duration.ofMillis(1), Duration.ofMillis(1));
        SourceRunner runner = new SourceRunner("source", clock -> once, new FakeClock(), backoff, asks, event -> {});
        running.set(runner);
        runner.requestKey();
        assertThat(asked.getCount()).isEqualTo(1);
        runner.run();
        assertThat(asked.getCount()).isZero();
    }
}
