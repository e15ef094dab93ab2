package org.camseal.recorder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import org.camseal.media.AccessUnit;
import org.camseal.media.Codec;
import org.camseal.media.NalUnit;
import org.camseal.media.VideoUnit;
import org.camseal.media.unitstream.UnitStreamReader;
import org.camseal.recorder.GroupVerdict.Outcome;
import org.camseal.web.Access;
import org.camseal.web.SessionToken;
import org.camseal.web.WebClient;
import org.camseal.web.WebException;
import org.camseal.web.WebSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class RecorderTest {
    private static final SessionToken TOKEN = SessionToken.random(new SecureRandom());

    @TempDir
    Path directory;

    @Test
    void whatACameraSendsIsStoredAndServed() throws Exception {
        FakeCamera camera = new FakeCamera(directory, "CS-1");
        List<AccessUnit> sent = camera.seconds(0, 25);
        try (Recorder recorder = recorder(camera, camera.feed(sent, true));
                WebClient web = client(recorder, Optional.of(TOKEN))) {
            CameraStatus status = until(recorder, one -> one.lastVerdicts().size() == 24);
            assertThat(status.state()).isEqualTo(CameraStatus.State.RECORDING);
            assertThat(status.lastVerdicts()).allMatch(verdict -> verdict.verdict() == Outcome.AUTHENTIC);
            assertThat(status.bytesReceived())
                    .isEqualTo(sent.stream().mapToLong(AccessUnit::sizeBytes).sum());

            RecordingList recording = web.get("api/cameras/yard/segments", RecordingList.class);
            assertThat(recording.segments()).hasSize(3);
            assertThat(recording.segments().getLast().open()).isTrue();
            Segment first = recording.segments().getFirst();
            String path = "api/cameras/yard/segments/" + first.id();
            assertThat(web.get(path + "/groups", VerdictList.class).groups()).hasSize(10);
            byte[] file = Files.readAllBytes(
                    recorder.segmentFile("yard", first.start()).orElseThrow());
            try (InputStream video = web.stream(path + "/video", 100, 200)) {
                assertThat(video.readAllBytes()).isEqualTo(Arrays.copyOfRange(file, 100, 300));
            }
            assertThat(web.get("api/status", RecorderStatus.class).cameras()).hasSize(1);
        }
        assertThat(Checks.units(Checks.segments(directory.resolve("recordings"))))
                .hasSize(250);
    }

    @Test
    void aPartOfTheRecordingCanBeCheckedByItself() throws Exception {
        FakeCamera camera = new FakeCamera(directory, "CS-1");
        try (Recorder recorder = recorder(camera, camera.feed(camera.seconds(0, 25), true));
                WebClient web = client(recorder, Optional.of(TOKEN))) {
            until(recorder, one -> one.lastVerdicts().size() == 24);
            Instant from = FakeCamera.START.plusMillis(7_300);
            Instant to = FakeCamera.START.plusMillis(22_800);
            List<AccessUnit> units;
            try (UnitStreamReader stream =
                    new UnitStreamReader(web.stream("api/cameras/yard/units?from=" + from + "&to=" + to))) {
                units = all(stream);
            }
            assertThat(units.getFirst().capturedAt()).isEqualTo(FakeCamera.START.plusSeconds(7));
            assertThat(units.getLast().capturedAt()).isEqualTo(FakeCamera.START.plusSeconds(23));
            assertThat(units).hasSize(161);
            assertThat(Checks.verdicts(camera, camera.tracks(), units))
                    .hasSize(16)
                    .allMatch(verdict -> verdict.verdict() == Outcome.AUTHENTIC
                            && verdict.signer() == GroupVerdict.SignedBy.TRUSTED);
        }
    }

    @Test
    void theStreamGoesOverFromTheDiskIntoWhatArrives() throws Exception {
        FakeCamera camera = new FakeCamera(directory, "CS-1");
        try (Recorder recorder = recorder(camera, camera.feed(camera.seconds(0, 25), true));
                WebClient web = client(recorder, Optional.of(TOKEN))) {
            until(recorder, one -> one.lastVerdicts().size() == 24);
            try (UnitStreamReader stream =
                    new UnitStreamReader(web.stream("api/cameras/yard/units?from=" + FakeCamera.START))) {
                Instant expected = FakeCamera.START;
                for (int i = 0; i < 250; i++) {
                    AccessUnit unit = Objects.requireNonNull(stream.next());
                    assertThat(unit.capturedAt()).isEqualTo(expected);
                    expected = expected.plusMillis(100);
                }
            }
            try (UnitStreamReader live = new UnitStreamReader(web.stream("api/cameras/yard/units"))) {
                assertThat(live.next())
                        .matches(unit -> unit instanceof VideoUnit video
                                && video.capturedAt().equals(FakeCamera.START.plusSeconds(24))
                                && video.isKey());
            }
        }
    }

    @Test
    void anotherDeviceIsTurnedAwayAndNothingOfItIsStored() throws Exception {
        FakeCamera expected = new FakeCamera(directory, "CS-1");
        FakeCamera other = new FakeCamera(directory, "CS-2");
        try (Recorder recorder = recorder(expected, other.feed(other.seconds(0, 5), true))) {
            CameraStatus status = until(recorder, one -> one.state() == CameraStatus.State.REFUSED);
            assertThat(status.detail()).contains("CS-2").contains("CS-1");
            assertThat(status.gaps()).singleElement().matches(gap -> gap.cause() == Gap.Cause.REFUSED);
        }
        assertThat(Checks.segments(directory.resolve("recordings"))).isEmpty();
    }

    @Test
    void clearVideoIsTurnedAwayAndNothingOfItIsStored() throws Exception {
        FakeCamera camera = new FakeCamera(directory, "CS-1");
        List<AccessUnit> clear = camera.seconds(0, 3).stream()
                .map(unit -> (AccessUnit) ((VideoUnit) unit).withNalUnits(List.of(NalUnit.of(Codec.H264, new byte[] {
                    0x65, (byte) 0x88, 0x24, 0x6c
                }))))
                .toList();
        try (Recorder recorder = recorder(camera, camera.feed(clear, true))) {
            CameraStatus status = until(recorder, one -> one.state() == CameraStatus.State.REFUSED);
            assertThat(status.detail()).contains("not sealed");
        }
        assertThat(Checks.segments(directory.resolve("recordings"))).isEmpty();
    }

    @Test
    void aCameraThatGoesLeavesAGapThatIsStated() throws Exception {
        FakeCamera camera = new FakeCamera(directory, "CS-1");
        try (Recorder recorder = recorder(camera, camera.feed(camera.seconds(0, 5), false))) {
            CameraStatus status = until(recorder, one -> one.state() == CameraStatus.State.UNREACHABLE);
            assertThat(status.gaps())
                    .singleElement()
                    .matches(gap -> gap.from().equals(FakeCamera.START.plusMillis(4_900))
                            && gap.to() == null
                            && gap.cause() == Gap.Cause.UNREACHABLE);
        }
    }

    @Test
    void withoutTheTokenNothingIsHandedOut() throws Exception {
        FakeCamera camera = new FakeCamera(directory, "CS-1");
        try (Recorder recorder = recorder(camera, camera.feed(List.of(), true))) {
            try (WebClient stranger = client(recorder, Optional.empty());
                    WebClient known = client(recorder, Optional.of(TOKEN))) {
                assertThat(known.get("api/status", RecorderStatus.class).cameras())
                        .hasSize(1);
                assertThatThrownBy(() -> stranger.get("api/status", RecorderStatus.class))
                        .isInstanceOfSatisfying(
                                WebException.Answered.class,
                                refused -> assertThat(refused.status()).isEqualTo(401));
            }
        }
    }

    private Recorder recorder(FakeCamera camera, CameraFeed feed) throws IOException {
        CameraEntry entry = new CameraEntry(
                "yard", URI.create("rtsps://127.0.0.1/main"), null, camera.serial(), List.of(camera.root()));
        RecorderSettings settings = new RecorderSettings(
                directory.resolve("recordings"),
                WebSettings.loopback(0, new Access.WithToken(TOKEN)),
                List.of(entry),
                new RecorderSettings.Storage(Duration.ofSeconds(10), 1_000_000));
        Recorder recorder = new Recorder(settings, InstantSource.system(), ignored -> feed, where -> Long.MAX_VALUE);
        recorder.start();
        return recorder;
    }

    private static WebClient client(Recorder recorder, Optional<SessionToken> token) {
        return new WebClient(recorder.address(), Optional.empty(), token, WebClient.Limits.USUAL);
    }

    private static CameraStatus until(Recorder recorder, Predicate<CameraStatus> wanted) throws InterruptedException {
        while (true) {
            CameraStatus status = recorder.status().cameras().getFirst();
            if (wanted.test(status)) {
                return status;
            }
            Thread.sleep(20);
        }
    }

    private static List<AccessUnit> all(UnitStreamReader stream) throws Exception {
        List<AccessUnit> units = new ArrayList<>();
        for (AccessUnit unit = stream.next(); unit != null; unit = stream.next()) {
            units.add(unit);
        }
        return units;
    }
}
