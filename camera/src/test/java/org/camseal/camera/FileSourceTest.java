package org.camseal.camera;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.camseal.media.AccessUnit;
import org.camseal.media.MediaTime;
import org.camseal.media.VideoUnit;
import org.camseal.peers.Peer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileSourceTest {
    @TempDir
    Path directory;

    private final FakeClock clock = new FakeClock();

    private List<AccessUnit> play(FileSource source, int most) throws Exception {
        List<AccessUnit> units = new ArrayList<>();
        try (SourceSession session = source.open(clock)) {
            for (int i = 0; i < most; i++) {
                AccessUnit unit = session.next();
                if (unit == null) {
                    break;
                }
                units.add(unit);
            }
        }
        return units;
    }

    @Test
    void aFilmPlayedOnceComesInRealTimeAndEnds() throws Exception {
        Films.Film film = Films.pattern(Films.SMALL, 200);
        Path file = Films.write(film, directory.resolve("film.mp4"));
        Duration before = clock.uptime();
        List<AccessUnit> played = play(new FileSource(file, FileSource.Repeat.ONCE), 1000);
        assertThat(played).hasSize(200);
        Duration last = played.getLast().decodeTime().toDuration();
        assertThat(clock.uptime().minus(before)).isBetween(last.minusMillis(50), last.plusMillis(50));
        for (AccessUnit unit : played) {
            assertThat(Duration.between(FakeClock.START, unit.capturedAt()))
                    .isBetween(
                            unit.decodeTime().toDuration().minusMillis(1),
                            unit.decodeTime().toDuration().plusMillis(1));
        }
    }

    @Test
    void roundsOfAFilmJoinWithoutATimeGoingBack() throws Exception {
        Films.Film film = Films.pattern(Films.SMALL, 100);
        Path file = Films.write(film, directory.resolve("film.mp4"));
        checkRounds(play(FileSource.of(file), 450), film.units());
    }

    @Test
    void picturesOutOfOrderKeepTheirDistances() throws Exception {
        Path file = directory.resolve("film.mkv");
        Peer.FFMPEG
                .run(List.of(
                        "-v",
                        "error",
                        "-f",
                        "lavfi",
                        "-i",
                        "testsrc2=size=320x240:rate=25:duration=2",
                        "-c:v",
                        "libx264",
                        "-bf",
                        "3",
                        file.toString()))
                .good();
        List<AccessUnit> once = play(new FileSource(file, FileSource.Repeat.ONCE), 1000);
        List<AccessUnit> rounds = play(FileSource.of(file), 3 * once.size());
        checkRounds(rounds, once);
        List<Long> offsets = offsets(once);
        assertThat(offsets.stream().distinct().count()).isGreaterThan(1);
        assertThat(offsets(rounds).subList(once.size(), 2 * once.size())).isEqualTo(offsets);
    }

    private static List<Long> offsets(List<AccessUnit> units) {
        return units.stream()
                .map(unit -> unit.presentationTime().ticks() - unit.decodeTime().ticks())
                .toList();
    }

    private static void checkRounds(List<AccessUnit> played, List<AccessUnit> film) {
        assertThat(played.size()).isGreaterThan(2 * film.size());
        Map<Integer, MediaTime> last = new HashMap<>();
        for (int i = 0; i < played.size(); i++) {
            AccessUnit unit = played.get(i);
            MediaTime before = last.put(unit.track(), unit.decodeTime());
            if (before != null) {
                assertThat(unit.decodeTime()).isGreaterThan(before);
                long step = unit.decodeTime().ticks() - before.ticks();
                assertThat(step).isLessThanOrEqualTo(before.clockHz() / 10L);
            }
            if (unit instanceof VideoUnit picture && film.get(i % film.size()) instanceof VideoUnit stored) {
                assertThat(picture.nalUnits()).isEqualTo(stored.nalUnits());
            }
        }
    }

    @Test
    void aFileThatIsNoFilmOrIsNotThereIsNamed() throws Exception {
        Path text = Files.writeString(directory.resolve("notes.txt"), "no film at all");
        assertThatThrownBy(() -> FileSource.of(text).open(clock))
                .isInstanceOf(SourceException.Unusable.class)
                .hasMessageContaining("notes.txt");
        Path none = directory.resolve("none.mp4");
        assertThatThrownBy(() -> FileSource.of(none).open(clock))
                .isInstanceOf(SourceException.Unusable.class)
                .hasMessageContaining("none.mp4: no such file");
    }

    @Test
    void aMachineThatIsTooSlowIsStatedInsteadOfLaggingForEver() throws Exception {
        Path file = Films.write(Films.pattern(Films.SILENT, 50), directory.resolve("film.mp4"));
        try (SourceSession session = FileSource.of(file).open(clock)) {
            session.next();
            clock.pass(Duration.ofSeconds(5));
            assertThatThrownBy(session::next)
                    .isInstanceOf(SourceException.Lost.class)
                    .hasMessageContaining("too slow");
        }
    }
}
