package org.camseal.recorder;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.camseal.media.AccessUnit;
import org.camseal.media.TruncatedException;
import org.camseal.media.mp4.FragmentedMp4Writer;
import org.camseal.recorder.GroupVerdict.Outcome;
import org.camseal.web.Access;
import org.camseal.web.WebSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SegmentKeeperTest {
    private static final long MINIMUM = 1_000_000;

    @TempDir
    Path directory;

    private final List<String> told = new ArrayList<>();
    private final AtomicLong free = new AtomicLong(Long.MAX_VALUE);

    private Path store() {
        return directory.resolve("store");
    }

    @Test
    void aSegmentBeginsAtTheFirstKeyPictureAfterItsLength() throws Exception {
        FakeCamera camera = new FakeCamera(directory, "CS-1");
        record(camera, camera.seconds(0, 25), Duration.ofMillis(9_500));
        List<Path> segments = Checks.segments(store());
        assertThat(segments.stream().map(path -> store().relativize(path).toString()))
                .containsExactly(
                        "2026-11-14/20261114T101500.000Z.mp4",
                        "2026-11-14/20261114T101510.000Z.mp4",
                        "2026-11-14/20261114T101520.000Z.mp4");
        assertThat(Checks.units(segments)).hasSize(250);
        List<GroupVerdict> verdicts = Checks.verdicts(camera, segments);
        assertThat(verdicts).hasSize(24).allMatch(verdict -> verdict.verdict() == Outcome.AUTHENTIC);
    }

    @Test
    void eachSegmentCanBeCheckedAlone() throws Exception {
        FakeCamera camera = new FakeCamera(directory, "CS-1");
        // Segments of 7 s begin where the camera sends neither certificate nor grants.
        record(camera, camera.seconds(0, 28), Duration.ofSeconds(7));
        for (Path segment : Checks.segments(store())) {
            List<GroupVerdict> verdicts = Checks.verdicts(camera, List.of(segment));
            assertThat(verdicts)
                    .as("%s", segment)
                    .hasSize(6)
                    .allMatch(verdict -> verdict.verdict() == Outcome.AUTHENTIC
                            && verdict.signer() == GroupVerdict.SignedBy.TRUSTED);
        }
    }

    @Test
    void theVerdictLogSaysWhatAnIndependentCheckOfTheFilesSays() throws Exception {
        FakeCamera camera = new FakeCamera(directory, "CS-1");
        SegmentStore store = record(camera, camera.seconds(0, 25), Duration.ofSeconds(10));
        List<GroupVerdict> logged = new ArrayList<>();
        for (Segment segment : store.between(Instant.EPOCH, Instant.MAX)) {
            List<GroupVerdict> ofSegment = store.verdicts(segment);
            assertThat(ofSegment)
                    .allMatch(verdict -> !verdict.start().isBefore(segment.start())
                            && !verdict.start().isAfter(segment.end()));
            logged.addAll(ofSegment);
        }
        assertThat(logged).isEqualTo(Checks.verdicts(camera, Checks.segments(store())));
    }

    @Test
    void aStoreThatIsOpenedAgainKnowsItsSegments() throws Exception {
        FakeCamera camera = new FakeCamera(directory, "CS-1");
        SegmentStore store = record(camera, camera.seconds(0, 25), Duration.ofSeconds(10));
        assertThat(SegmentStore.open(store()).between(Instant.EPOCH, Instant.MAX))
                .isEqualTo(store.between(Instant.EPOCH, Instant.MAX))
                .hasSize(3)
                .first()
                .matches(segment -> segment.verdicts().authentic() == 10 && segment.tornBytes() == 0);
    }

    @Test
    void wherePowerFailsWholeFragmentsStayAndNothingIsTouched() throws Exception {
        FakeCamera camera = new FakeCamera(directory, "CS-1");
        record(camera, camera.seconds(0, 5), Duration.ofSeconds(60));
        Path whole = Checks.segments(store()).getFirst();
        byte[] bytes = Files.readAllBytes(whole);
        int fragmentsBefore = 0;
        for (int cut = 1; cut < bytes.length; cut += 211) {
            Path crashed = directory.resolve("crashed" + cut);
            Path day = Files.createDirectories(crashed.resolve("2026-11-14"));
            Path file = Files.write(day.resolve(whole.getFileName()), java.util.Arrays.copyOf(bytes, cut));
            SegmentStore reopened = SegmentStore.open(crashed);
            Segment segment = reopened.between(Instant.EPOCH, Instant.MAX).isEmpty()
                    ? reopened.segment("20261114T101500.000Z").orElseThrow()
                    : reopened.between(Instant.EPOCH, Instant.MAX).getFirst();
            assertThat(Files.size(file)).as("kept as it is").isEqualTo(cut);
            int fragments = wholeFragments(file);
            if (fragments == 0) {
                assertThat(segment.tornBytes()).isEqualTo(cut);
            }
            assertThat(fragments).isGreaterThanOrEqualTo(fragmentsBefore);
            fragmentsBefore = fragments;
            if (fragments > 0) {
                assertThat(segment.tornBytes())
                        .isEqualTo(FragmentedMp4Writer.inspect(file).cutBytes())
                        .isLessThan(cut);
                List<AccessUnit> units = Checks.units(List.of(file));
                assertThat(units).hasSize(10 * fragments);
                assertThat(Checks.verdicts(camera, camera.tracks(), units))
                        .hasSize(fragments - 1)
                        .allMatch(verdict -> verdict.verdict() == Outcome.AUTHENTIC);
            }
        }
        assertThat(fragmentsBefore).isBetween(4, 5);
    }

    private static int wholeFragments(Path file) throws Exception {
        try {
            return FragmentedMp4Writer.inspect(file).fragments();
        } catch (TruncatedException nothingWhole) {
            return 0;
        }
    }

    @Test
    void aRecorderThatDiesHasEveryFinishedGroupOnTheDisk() throws Exception {
        FakeCamera camera = new FakeCamera(directory, "CS-1");
        SegmentStore store = SegmentStore.open(store());
        Reception reception = reception(camera, keeper(camera, store, Duration.ofSeconds(60)));
        for (AccessUnit unit : camera.seconds(0, 5)) {
            reception.accept(unit);
        }
        // neither reception nor keeper is closed
        SegmentStore after = SegmentStore.open(store());
        Segment segment = after.between(Instant.EPOCH, Instant.MAX).getFirst();
        assertThat(segment.end()).isEqualTo(FakeCamera.START.plusMillis(3_900));
        assertThat(segment.verdicts().authentic()).isEqualTo(4);
        assertThat(Checks.units(Checks.segments(store()))).hasSize(40);
    }

    @Test
    void writingStopsBeforeTheDiskIsFullAndGoesOnWhenThereIsRoom() throws Exception {
        FakeCamera camera = new FakeCamera(directory, "CS-1");
        SegmentStore store = SegmentStore.open(store());
        SegmentKeeper keeper = keeper(camera, store, Duration.ofSeconds(60));
        Reception reception = reception(camera, keeper);
        int second = 0;
        for (long bytes : List.of(Long.MAX_VALUE, Long.MAX_VALUE, MINIMUM + 100, MINIMUM + 10_000, MINIMUM * 2)) {
            free.set(bytes);
            for (AccessUnit unit : camera.seconds(second++, 1)) {
                reception.accept(unit);
            }
        }
        reception.finish();
        keeper.close();
        assertThat(told)
                .containsExactly(
                        "storing from 2026-11-14T10:15:00Z",
                        "not storing from 2026-11-14T10:15:01.900Z DISK_FULL",
                        "storing from 2026-11-14T10:15:04Z");
        assertThat(Checks.segments(store())).hasSize(2);
        List<AccessUnit> units = Checks.units(Checks.segments(store()));
        assertThat(units).hasSize(30);
        assertThat(Checks.verdicts(camera, camera.tracks(), units).stream().map(GroupVerdict::verdict))
                .as("what lies between is missing, and what is there is untouched")
                .doesNotContain(Outcome.FORGED)
                .contains(Outcome.AUTHENTIC, Outcome.INCOMPLETE);
    }

    @Test
    void aDiskThatRefusesIsSaidAndTriedAgain() throws Exception {
        FakeCamera camera = new FakeCamera(directory, "CS-1");
        SegmentStore store = SegmentStore.open(store());
        Path day = store().resolve("2026-11-14");
        Files.writeString(day, "a file where the day's directory should be");
        SegmentKeeper keeper = keeper(camera, store, Duration.ofSeconds(60));
        Reception reception = reception(camera, keeper);
        for (AccessUnit unit : camera.seconds(0, 2)) {
            reception.accept(unit);
        }
        Files.delete(day);
        for (AccessUnit unit : camera.seconds(2, 2)) {
            reception.accept(unit);
        }
        keeper.close();
        assertThat(told).hasSize(2);
        assertThat(told.getFirst()).endsWith("DISK_ERROR");
        assertThat(told.getLast()).isEqualTo("storing from 2026-11-14T10:15:02Z");
        assertThat(Checks.units(Checks.segments(store()))).hasSize(20);
    }

    @Test
    void aClockThatWasSetBackOverwritesNothing() throws Exception {
        FakeCamera camera = new FakeCamera(directory, "CS-1");
        record(camera, camera.seconds(0, 3), Duration.ofSeconds(60));
        FakeCamera again = new FakeCamera(directory, "CS-1");
        record(again, again.seconds(0, 3), Duration.ofSeconds(60));
        assertThat(Checks.segments(store()).stream()
                        .map(path -> path.getFileName().toString()))
                .containsExactly("20261114T101500.000Z.mp4", "20261114T101500.001Z.mp4");
    }

    private SegmentStore record(FakeCamera camera, List<AccessUnit> units, Duration length)
            throws IOException, StrangerException {
        SegmentStore store = SegmentStore.open(store());
        SegmentKeeper keeper = keeper(camera, store, length);
        Reception reception = reception(camera, keeper);
        for (AccessUnit unit : units) {
            reception.accept(unit);
        }
        reception.finish();
        keeper.close();
        return store;
    }

    private Reception reception(FakeCamera camera, SegmentKeeper keeper) throws StrangerException {
        return new Reception(camera.tracks(), Checks.judge(camera), keeper);
    }

    private SegmentKeeper keeper(FakeCamera camera, SegmentStore store, Duration length) {
        CameraEntry entry = new CameraEntry(
                "yard", URI.create("rtsp://127.0.0.1/main"), null, camera.serial(), List.of(camera.root()));
        RecorderSettings settings = new RecorderSettings(
                directory,
                WebSettings.loopback(0, new Access.Anyone()),
                List.of(entry),
                new RecorderSettings.Storage(length, MINIMUM));
        return new SegmentKeeper(store, camera.tracks(), settings, where -> free.get(), new SegmentKeeper.Listener() {
            @Override
            public void storing(Instant from) {
                told.add("storing from " + from);
            }

            @Override
            public void notStoring(Instant from, Gap.Cause cause, String detail) {
                told.add("not storing from " + from + " " + cause);
            }

            @Override
            public void verdict(GroupVerdict verdict) {}
        });
    }
}
