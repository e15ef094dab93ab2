package org.camseal.streaming.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.camseal.media.AccessUnit;
import org.camseal.media.AudioUnit;
import org.camseal.media.Codec;
import org.camseal.media.MediaTime;
import org.camseal.media.VideoUnit;
import org.camseal.streaming.Login;
import org.camseal.streaming.Patient;
import org.camseal.streaming.RefusedException;
import org.camseal.streaming.Synthetic;
import org.camseal.streaming.Transport;
import org.camseal.streaming.client.RtspClient;
import org.camseal.streaming.client.RtspPlayback;
import org.camseal.streaming.client.RtspRequest;
import org.camseal.streaming.server.RecordedGroups.Follows;
import org.camseal.streaming.server.RecordedGroups.Group;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Our client reads recordings from our server. */
@Timeout(120)
class ReplayTest {
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
    private static final Login GUARD = new Login("guard", "correct horse");

    private final Synthetic source = new Synthetic(Codec.H264, 1);
    private final FakeRecording recording = new FakeRecording(List.of(Synthetic.video(Codec.H264), Synthetic.audio()));
    private RtspServer server;

    @BeforeEach
    void start() throws Exception {
        server = RtspServer.start(RtspServerSettings.of(LOOPBACK, 0, Authenticator.digest("camera", List.of(GUARD))));
        server.mount("/replay/main", new ReplayStream(recording, 2));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    /** Five pictures and their sound, 200 ms; {@code later} moves them in UTC, as another run of the camera does. */
    private Group group(Follows follows, Duration later) {
        List<AccessUnit> units = new ArrayList<>();
        for (VideoUnit picture : source.pictures("IPPPP", 3_000)) {
            units.add(moved(picture, later));
            units.add(moved(source.sound(), later));
            units.add(moved(source.sound(), later));
        }
        return new Group(units, follows);
    }

    private static AccessUnit moved(AccessUnit unit, Duration later) {
        Instant at = unit.capturedAt().plus(later);
        return switch (unit) {
            case VideoUnit video ->
                new VideoUnit(video.track(), video.nalUnits(), video.decodeTime(), video.presentationTime(), at);
            case AudioUnit audio ->
                new AudioUnit(audio.track(), audio.frame(), audio.presentationTime(), audio.samples(), at);
        };
    }

    private void record(int groups) {
        for (int i = 0; i < groups; i++) {
            recording.add(group(i == 0 ? Follows.AFTER_GAP : Follows.CLOSELY, Duration.ZERO));
        }
    }

    private RtspRequest request() throws Exception {
        return Patient.request(new URI("rtsp://localhost:" + server.port() + "/replay/main"))
                .withLogin(GUARD);
    }

    private static List<AccessUnit> drain(RtspRequest request) throws Exception {
        List<AccessUnit> units = new ArrayList<>();
        try (RtspPlayback playback = RtspClient.open(request)) {
            for (AccessUnit unit = playback.next(); unit != null; unit = playback.next()) {
                units.add(unit);
            }
        }
        return units;
    }

    private static List<Instant> captured(List<AccessUnit> units, int track) {
        return units.stream()
                .filter(unit -> unit.track() == track)
                .map(AccessUnit::capturedAt)
                .toList();
    }

    private void assertSame(List<AccessUnit> played, List<AccessUnit> recorded) {
        assertThat(Synthetic.nals(played)).isEqualTo(Synthetic.nals(recorded));
        assertThat(captured(played, 1)).isEqualTo(captured(recorded, 1));
        assertThat(captured(played, 2)).isEqualTo(captured(recorded, 2));
    }

    @Test
    void everythingComesBackWithTheTimeOfItsCapture() throws Exception {
        record(3);
        assertSame(drain(request().withReplay(Synthetic.START, null)), recording.units());
    }

    @Test
    void overUdpItComesAtItsOwnSpeed() throws Exception {
        record(2);
        assertSame(drain(request().withTransport(Transport.UDP).withReplay(Synthetic.START, null)), recording.units());
    }

    @Test
    void aRangeBeginsWithItsGroupAndEndsInFrontOfItsEnd() throws Exception {
        record(4);
        Instant from = Synthetic.START.plusMillis(290); // within the second group
        Instant to = Synthetic.START.plusMillis(440); // behind two pictures of the third
        List<AccessUnit> played = drain(request().withReplay(from, to));
        List<AccessUnit> expected = recording.units().stream()
                .filter(unit -> !unit.capturedAt().isBefore(Synthetic.START.plusMillis(200))
                        && unit.capturedAt().isBefore(to))
                .toList();
        assertSame(played, expected);
        assertThat(Synthetic.nals(played)).isNotEmpty();
    }

    @Test
    void acrossAGapTimesOfCaptureAreTrueAndMediaTimesGoOn() throws Exception {
        record(1);
        recording.add(group(Follows.AFTER_GAP, Duration.ofHours(2)));
        List<AccessUnit> played = drain(request().withReplay(Synthetic.START, null));
        assertSame(played, recording.units());
        MediaTime before = MediaTime.video(Long.MIN_VALUE);
        for (AccessUnit unit : played) {
            if (unit.track() == 1) {
                assertThat(unit.decodeTime()).isGreaterThan(before);
                before = unit.decodeTime();
            }
        }
        assertThat(before.toDuration()).isBetween(Duration.ofHours(2), Duration.ofHours(3));
    }

    @Test
    void whatIsBeingRecordedIsPlayedAsItComes() throws Exception {
        record(1);
        recording.recording = true;
        try (RtspPlayback playback = RtspClient.open(request().withReplay(Synthetic.START, null))) {
            List<AccessUnit> played = new ArrayList<>();
            recording.add(group(Follows.CLOSELY, Duration.ZERO));
            for (int i = 0; i < 14; i++) { // of G.711 the last frame waits for the one behind it
                played.add(playback.next());
            }
            assertThat(played).doesNotContainNull();
            recording.add(group(Follows.CLOSELY, Duration.ZERO));
            recording.recording = false;
            for (AccessUnit unit = playback.next(); unit != null; unit = playback.next()) {
                played.add(unit);
            }
            assertSame(played, recording.units());
        }
    }

    @Test
    void onlyWhoMayAndOnlyWhatIsThere() throws Exception {
        record(1);
        assertThat(drain(request().withReplay(Synthetic.START, null))).isNotEmpty();
        RtspRequest stranger = Patient.request(request().uri()).withLogin(new Login("guard", "wrong"));
        assertThatThrownBy(() -> RtspClient.open(stranger.withReplay(Synthetic.START, null)))
                .isInstanceOfSatisfying(
                        RefusedException.class, e -> assertThat(e.isLogin()).isTrue());
        assertThatThrownBy(() -> RtspClient.open(request().withReplay(Synthetic.START.plusSeconds(60), null)))
                .isInstanceOfSatisfying(
                        RefusedException.class, e -> assertThat(e.status()).isEqualTo(457))
                .hasMessageContaining("nothing is recorded");
    }

    @Test
    void readersAreBoundedAndGiveTheirPlaceBack() throws Exception {
        record(3);
        RtspRequest slow = request().withTransport(Transport.TCP).withReplay(Synthetic.START, null);
        recording.recording = true; // so that they stay
        try (RtspPlayback first = RtspClient.open(slow);
                RtspPlayback second = RtspClient.open(slow)) {
            assertThat(first.next()).isNotNull();
            assertThat(second.next()).isNotNull();
            assertThatThrownBy(() -> RtspClient.open(slow))
                    .isInstanceOfSatisfying(
                            RefusedException.class, e -> assertThat(e.status()).isEqualTo(453));
        }
        recording.recording = false;
        long patience = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (recording.open.get() > 0 && System.nanoTime() < patience) {
            Thread.sleep(10);
        }
        assertThat(recording.open).hasValue(0);
        assertThat(drain(slow)).isNotEmpty();
    }
}
