package org.camseal.recorder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.camseal.media.AccessUnit;
import org.camseal.media.mp4.FragmentedMp4Writer;
import org.camseal.recorder.GroupVerdict.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordingAlterationTest {
    @TempDir
    Path directory;

    @Test
    void oneBitIsFoundInItsGroupAndInNoOther() throws Exception {
        FakeCamera camera = new FakeCamera(directory, "CS-1");
        Path file = directory.resolve("segment.mp4");
        try (FragmentedMp4Writer writer = FragmentedMp4Writer.create(file, camera.tracks())) {
            for (AccessUnit unit : camera.seconds(0, 10)) {
                writer.write(unit);
            }
        }
        assertThat(Checks.verdicts(camera, List.of(file)))
                .hasSize(9)
                .allMatch(verdict -> verdict.verdict() == Outcome.AUTHENTIC);
        byte[] before = Files.readAllBytes(file);
        Instant wanted = FakeCamera.START.plusMillis(4_450);

        RecordingAlteration done = RecordingAlteration.flipOneBit(file, wanted);

        assertThat(Duration.between(done.at(), wanted).abs()).isLessThanOrEqualTo(Duration.ofMillis(100));
        byte[] after = Files.readAllBytes(file);
        int offset = Math.toIntExact(done.offsetBytes());
        assertThat(after[offset] ^ before[offset]).isEqualTo(1 << done.bit());
        after[offset] = before[offset];
        assertThat(after).isEqualTo(before);
        List<GroupVerdict> verdicts = Checks.verdicts(camera, List.of(file));
        for (GroupVerdict verdict : verdicts) {
            boolean hit = !done.at().isBefore(verdict.start()) && done.at().isBefore(verdict.end());
            assertThat(verdict.verdict()).isEqualTo(hit ? Outcome.FORGED : Outcome.AUTHENTIC);
        }
        assertThat(verdicts).hasSize(9);
    }

    @Test
    void aTimeThatIsNotInTheFileIsRefused() throws Exception {
        FakeCamera camera = new FakeCamera(directory, "CS-1");
        Path file = directory.resolve("segment.mp4");
        try (FragmentedMp4Writer writer = FragmentedMp4Writer.create(file, camera.tracks())) {
            for (AccessUnit unit : camera.seconds(0, 2)) {
                writer.write(unit);
            }
        }
        byte[] before = Files.readAllBytes(file);
        assertThatThrownBy(() -> RecordingAlteration.flipOneBit(file, FakeCamera.START.plusSeconds(60)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no picture");
        assertThat(Files.readAllBytes(file)).isEqualTo(before);
    }
}
