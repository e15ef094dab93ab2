package org.camseal.media.mp4;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.camseal.media.AccessUnit;
import org.camseal.media.MalformedException;
import org.camseal.media.MediaException;
import org.camseal.media.Track;
import org.camseal.media.TruncatedException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a power cut leaves behind, and what is made of it. */
class RecoveryTest {
    private static final List<Track> TRACKS = List.of(Recordings.VIDEO, Recordings.AAC);

    private static final int PRFT_BYTES = 32;

    private final List<AccessUnit> units =
            Recordings.units("IPPIPPIPP", Recordings.VIDEO, List.of(Recordings.AAC), 1024);
    /** Length of the file, and number of units in it, after each fragment. */
    private final List<Integer> lengths = new ArrayList<>();

    private final List<Integer> counts = new ArrayList<>();
    private byte[] whole = new byte[0];

    @TempDir
    private Path directory;

    private Path file;

    @BeforeEach
    void record() throws Exception {
        file = directory.resolve("recording.mp4");
        try (FragmentedMp4Writer writer = FragmentedMp4Writer.create(file, TRACKS)) {
            for (int i = 0; i < units.size(); i++) {
                long before = writer.lengthBytes();
                writer.write(units.get(i));
                if (writer.lengthBytes() > before) {
                    lengths.add((int) writer.lengthBytes());
                    counts.add(i);
                }
            }
        }
        whole = Files.readAllBytes(file);
        lengths.add(whole.length);
        counts.add(units.size());
        assertThat(lengths).hasSize(3);
    }

    @Test
    void cutAnywhereInTheLastFragmentTheOthersAreRead() throws Exception {
        int last = lengths.get(1);
        // Cut between two boxes that are no moof, a file looks complete.
        List<Integer> betweenBoxes =
                List.of(last, last + PRFT_BYTES, last + 2 * PRFT_BYTES, whole.length - FragmentTrailer.BYTES);
        for (int length = last; length < whole.length; length++) {
            List<AccessUnit> read = new ArrayList<>();
            MediaException end = readAll(Arrays.copyOf(whole, length), read);
            // The trailer alone may be missing: then all samples are there.
            boolean samplesWhole = length >= whole.length - FragmentTrailer.BYTES;
            assertThat(read).isEqualTo(units.subList(0, samplesWhole ? units.size() : counts.get(1)));
            if (betweenBoxes.contains(length)) {
                assertThat(end).isNull();
            } else {
                assertThat(end).as("cut at %d", length).isInstanceOf(TruncatedException.class);
            }
        }
    }

    @Test
    void recoveryCutsTheTornFragmentAndNoMore() throws Exception {
        int last = lengths.get(1);
        for (int length = last; length <= whole.length; length += length < whole.length - 50 ? 7 : 1) {
            Files.write(file, Arrays.copyOf(whole, length));
            Recovery foreseen = FragmentedMp4Writer.inspect(file);
            assertThat(file).hasSize(length);
            Recovery recovery = FragmentedMp4Writer.recover(file);
            assertThat(recovery).isEqualTo(foreseen);
            int kept = length == whole.length ? length : last;
            assertThat(recovery).isEqualTo(new Recovery(length == whole.length ? 3 : 2, kept, length - kept));
            assertThat(Files.readAllBytes(file)).isEqualTo(Arrays.copyOf(whole, kept));
        }
    }

    @Test
    void aFragmentOfTheRightLengthWithHolesIsTornToo() throws Exception {
        for (int hole = lengths.get(1); hole < whole.length; hole += 97) {
            byte[] torn = whole.clone();
            int end = Math.min(hole + 64, torn.length);
            Arrays.fill(torn, hole, end, (byte) 0);
            assertThat(torn).isNotEqualTo(whole);
            Files.write(file, torn);
            assertThat(FragmentedMp4Writer.recover(file))
                    .as("hole at %d", hole)
                    .isEqualTo(new Recovery(2, lengths.get(1), whole.length - lengths.get(1)));
        }
    }

    @Test
    void zerosBehindTheLastFragmentAreCut() throws Exception {
        Files.write(file, Arrays.copyOf(whole, whole.length + 5000));
        List<AccessUnit> read = new ArrayList<>();
        assertThat(readAll(Files.readAllBytes(file), read)).isInstanceOf(TruncatedException.class);
        assertThat(read).isEqualTo(units);
        assertThat(FragmentedMp4Writer.recover(file)).isEqualTo(new Recovery(3, whole.length, 5000));
        assertThat(Files.readAllBytes(file)).isEqualTo(whole);
    }

    @Test
    void damageWithWholeFragmentsBehindItIsNotCutAway() throws Exception {
        // The size of the moof of the second fragment, and one bit of its trailer's length.
        for (int at : List.of(lengths.get(0) + 2 * PRFT_BYTES + 1, lengths.get(1) - 5)) {
            byte[] damaged = whole.clone();
            damaged[at] ^= 0x40;
            Files.write(file, damaged);
            assertThatThrownBy(() -> FragmentedMp4Writer.recover(file))
                    .isInstanceOf(MalformedException.class)
                    .hasMessageContaining("whole fragments follow");
            assertThat(Files.readAllBytes(file)).isEqualTo(damaged);
        }
    }

    @Test
    void whereTheFirstFragmentIsTornNothingIsChanged() throws Exception {
        for (int length : List.of(0, 7, 40, 500, lengths.get(0) - 1)) {
            byte[] torn = Arrays.copyOf(whole, length);
            Files.write(file, torn);
            assertThatThrownBy(() -> FragmentedMp4Writer.recover(file))
                    .as("%d bytes", length)
                    .isInstanceOf(TruncatedException.class);
            assertThat(Files.readAllBytes(file)).isEqualTo(torn);
        }
    }

    @Test
    void theFileOfAnotherProgramIsLeftAlone() throws Exception {
        byte[] other = Arrays.copyOf(whole, lengths.get(0) - FragmentTrailer.BYTES);
        Files.write(file, other);
        assertThatThrownBy(() -> FragmentedMp4Writer.recover(file)).isInstanceOf(TruncatedException.class);
        assertThat(Files.readAllBytes(file)).isEqualTo(other);
    }

    @Test
    void aReopenedRecordingGoesOnBehindItsLastWholeFragment() throws Exception {
        Files.write(file, Arrays.copyOf(whole, whole.length - 100));
        try (FragmentedMp4Writer writer = FragmentedMp4Writer.reopen(file)) {
            assertThat(writer.tracks()).isEqualTo(TRACKS);
            assertThat(writer.lengthBytes()).isEqualTo(lengths.get(1).longValue());
            assertThatThrownBy(() -> writer.write(units.getFirst())).isInstanceOf(MalformedException.class);
            for (AccessUnit unit : units.subList(counts.get(1), units.size())) {
                writer.write(unit);
            }
        }
        assertThat(Files.readAllBytes(file)).isEqualTo(whole);
    }

    @Test
    void aReopenedRecordingKeepsItsRoomForTimesBeforeZero() throws Exception {
        List<AccessUnit> reordered = Recordings.units("IPBIPB", Recordings.VIDEO, List.of(Recordings.AAC), 1024);
        Path second = directory.resolve("reordered.mp4");
        int half = 0;
        try (FragmentedMp4Writer writer = FragmentedMp4Writer.create(second, TRACKS)) {
            while (writer.lengthBytes() == 0) {
                writer.write(reordered.get(half++));
            }
            half--;
        }
        byte[] closed = Files.readAllBytes(second);
        try (FragmentedMp4Writer writer = FragmentedMp4Writer.reopen(second)) {
            for (AccessUnit unit : reordered.subList(half + 1, reordered.size())) {
                writer.write(unit);
            }
        }
        assertThat(Files.readAllBytes(second)).startsWith(closed);
        assertThat(Recordings.read(Mp4Reader.open(second))).isEqualTo(reordered);
    }

    private static @Nullable MediaException readAll(byte[] bytes, List<AccessUnit> into)
            throws IOException, MediaException {
        try (Mp4Reader reader = Mp4Reader.of(bytes)) {
            for (AccessUnit unit = reader.next(); unit != null; unit = reader.next()) {
                into.add(unit);
            }
            return null;
        } catch (MediaException e) {
            return e;
        }
    }
}
