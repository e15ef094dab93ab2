package org.camseal.camera;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.camseal.media.AccessUnit;
import org.camseal.media.VideoFormat;
import org.camseal.media.VideoUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What who looks at the live picture gets, when, and what is kept for that. */
@Timeout(120)
class LivePictureTest {
    private static final int GROUP = 25;
    private static final Duration SOON = Duration.ofMillis(1);
    private static Films.Film film;

    private final LivePicture live = new LivePicture();

    @BeforeAll
    static void shoot() throws Exception {
        film = Films.pattern(Films.SILENT, 5 * GROUP);
    }

    private static VideoFormat format() {
        return (VideoFormat) film.tracks().getFirst().format();
    }

    private void come(LivePicture to, int from, int before) {
        for (AccessUnit unit : film.units().subList(from, before)) {
            to.take(format(), (VideoUnit) unit);
        }
    }

    private static List<LiveWatch.Look.Picture> all(LiveWatch watch) throws InterruptedException {
        List<LiveWatch.Look.Picture> seen = new ArrayList<>();
        while (watch.next(SOON) instanceof LiveWatch.Look.Picture picture) {
            seen.add(picture);
        }
        return seen;
    }

    @Test
    void whoComesLateBeginsAtTheNewestKeyPictureWhoseTimeIsZero() throws Exception {
        come(live, 0, 2 * GROUP + 5);
        try (LiveWatch watch = live.watch().orElseThrow()) {
            List<LiveWatch.Look.Picture> seen = all(watch);
            assertThat(seen).hasSize(5);
            assertThat(seen.getFirst().unit().isKey()).isTrue();
            assertThat(seen.getFirst().unit().decodeTime().ticks()).isZero();
            assertThat(seen.getFirst().unit().capturedAt())
                    .isEqualTo(film.units().get(2 * GROUP).capturedAt());
            come(live, 2 * GROUP + 5, 3 * GROUP);
            assertThat(all(watch)).hasSize(GROUP - 5).noneMatch(LiveWatch.Look.Picture::afterLoss);
        }
    }

    @Test
    void picturesInFrontOfTheFirstKeyPictureAreNothing() throws Exception {
        try (LiveWatch watch = live.watch().orElseThrow()) {
            come(live, 3, GROUP);
            assertThat(watch.next(SOON)).isInstanceOf(LiveWatch.Look.Nothing.class);
            come(live, GROUP, GROUP + 1);
            assertThat(watch.next(SOON)).as("positive control").isInstanceOf(LiveWatch.Look.Picture.class);
        }
    }

    @Test
    void whoIsSlowLosesWholeGroupsAndTheOthersNothing() throws Exception {
        try (LiveWatch slow = live.watch().orElseThrow();
                LiveWatch quick = live.watch().orElseThrow()) {
            int quicks = 0;
            come(live, 0, 3);
            assertThat(all(slow)).hasSize(3);
            for (int i = 3; i < 5 * GROUP; i++) {
                come(live, i, i + 1);
                quicks += all(quick).size();
            }
            assertThat(quicks).isEqualTo(5 * GROUP);
            List<LiveWatch.Look.Picture> rest = all(slow);
            assertThat(rest.getFirst().afterLoss()).isTrue();
            assertThat(rest.getFirst().unit().isKey()).isTrue();
            assertThat(rest).as("the newest group, from its key picture on").hasSize(GROUP);
        }
    }

    @Test
    void aGroupThatIsTooLargeIsNotKept() throws Exception {
        int bytes = ((VideoUnit) film.units().getFirst()).sizeBytes();
        LivePicture small = new LivePicture(bytes + bytes / 2);
        try (LiveWatch watch = small.watch().orElseThrow()) {
            int seen = 0;
            for (int i = 0; i < 2 * GROUP; i++) {
                come(small, i, i + 1);
                List<LiveWatch.Look.Picture> now = all(watch);
                seen += now.size();
                assertThat(i % GROUP == 0 ? now.size() : 1)
                        .as("each key picture comes")
                        .isEqualTo(1);
            }
            assertThat(seen).isBetween(2, 2 * GROUP - 1);
        }
    }

    @Test
    void whenTheSourceIsOverWhoLooksIsTold() throws Exception {
        come(live, 0, 5);
        try (LiveWatch watch = live.watch().orElseThrow()) {
            live.forget();
            assertThat(watch.next(Duration.ofSeconds(60))).isInstanceOf(LiveWatch.Look.Over.class);
            assertThat(live.shown()).isEmpty();
            come(live, GROUP, GROUP + 2);
            assertThat(watch.next(SOON)).as("for good").isInstanceOf(LiveWatch.Look.Over.class);
        }
        try (LiveWatch again = live.watch().orElseThrow()) {
            assertThat(all(again)).hasSize(2);
        }
    }

    @Test
    void noMoreThanSomeMayLookAtOnce() {
        List<LiveWatch> looking = new ArrayList<>();
        for (int i = 0; i < LivePicture.MOST_WATCHERS; i++) {
            looking.add(live.watch().orElseThrow());
        }
        assertThat(live.watch()).isEmpty();
        looking.getFirst().close();
        looking.getFirst().close();
        assertThat(live.watchers()).isEqualTo(LivePicture.MOST_WATCHERS - 1);
        Optional<LiveWatch> free = live.watch();
        assertThat(free).isPresent();
        assertThat(live.watch()).as("a place is given back once").isEmpty();
    }
}
