package org.camseal.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.camseal.media.AccessUnit;
import org.camseal.media.AudioUnit;
import org.camseal.media.Track;
import org.junit.jupiter.api.Test;

/** Sound is covered by the pictures' manifests, however loosely a container interleaves it; the letters are {@link FakeCamera}'s. */
class SoundVerdictTest {
    private static final String FILM = "KAPAPA KAPAPA KAPAPA KAPAPA KAPAPA KA";

    private final FakeCamera camera = FakeCamera.h264();
    private final List<AccessUnit> film = camera.film(FILM);

    private String line(List<AccessUnit> units) {
        return Judgement.line(camera.tracks(), units);
    }

    /** Moves the sound against the pictures: later by so many units, or earlier where negative. */
    private static List<AccessUnit> soundMoved(List<AccessUnit> units, int by) {
        List<AccessUnit> pictures = new ArrayList<>(units);
        pictures.removeIf(AudioUnit.class::isInstance);
        List<AccessUnit> sound = new ArrayList<>(units);
        sound.removeIf(unit -> !(unit instanceof AudioUnit));
        List<AccessUnit> moved = new ArrayList<>();
        for (int i = -Math.abs(by); i < pictures.size() + Math.abs(by); i++) {
            if (i >= 0 && i < pictures.size()) {
                moved.add(pictures.get(i));
            }
            if (i - by >= 0 && i - by < sound.size()) {
                moved.add(sound.get(i - by));
            }
        }
        return moved;
    }

    private List<AccessUnit> edited(int audioIndex, java.util.function.UnaryOperator<AudioUnit> edit) {
        List<AccessUnit> result = new ArrayList<>(film);
        int unit = soundIndex(audioIndex);
        result.set(unit, edit.apply((AudioUnit) film.get(unit)));
        return result;
    }

    private int soundIndex(int audioIndex) {
        int seen = -1;
        for (int i = 0; i < film.size(); i++) {
            seen += film.get(i) instanceof AudioUnit ? 1 : 0;
            if (seen == audioIndex) {
                return i;
            }
        }
        throw new IndexOutOfBoundsException(audioIndex);
    }

    private List<AccessUnit> filtered(Predicate<AccessUnit> kept) {
        return film.stream().filter(kept).toList();
    }

    private static AudioUnit flip(AudioUnit unit) {
        byte[] frame = unit.frame().clone();
        frame[10] ^= 2;
        return unit.withFrame(frame);
    }

    @Test
    void interleavedLoosely() {
        assertThat(line(film)).isEqualTo("r . . . . . +2");
        for (int by = -8; by <= 8; by++) {
            Judgement judgement = Judgement.of(camera.tracks(), soundMoved(film, by));
            assertThat(judgement.line()).as("moved by " + by).startsWith("r . . . . . +");
            assertThat(judgement.overall()).isEqualTo("Authentic");
        }
    }

    @Test
    void tooFarBehindItsManifest() {
        List<AccessUnit> longer = camera.film("RAPA" + "KAPA".repeat(9) + "K");
        assertThat(Judgement.of(camera.tracks(), soundMoved(longer, 5)).overall())
                .isEqualTo("Authentic");
        assertThat(line(soundMoved(longer, 12))).contains("PACKAGES_LOST").contains("INSERTED");
    }

    @Test
    void reportsDoNotWaitForSoundThatIsThere() {
        ManifestChecker checker = new ManifestChecker(camera.tracks());
        List<Integer> after = new ArrayList<>();
        for (int i = 0; i < film.size(); i++) {
            if (!checker.accept(film.get(i)).isEmpty()) {
                after.add(i);
            }
        }
        assertThat(after).containsExactly(0, 6, 12, 18, 24, 30);
    }

    @Test
    void lostFrame() {
        int index = soundIndex(4);
        List<AccessUnit> cut = new ArrayList<>(film);
        cut.remove(index);
        Judgement judgement = Judgement.of(camera.tracks(), cut);
        assertThat(judgement.line()).isEqualTo("r . PACKAGES_LOST . . . +2");
        Verdict verdict = judgement.reports().get(2).verdict();
        assertThat(verdict.detail()).isEqualTo("1 of 3 audio packages are missing");
        assertThat(verdict.position().n()).hasValue(4);
    }

    @Test
    void alteredFrame() {
        assertThat(line(edited(4, SoundVerdictTest::flip))).isEqualTo("r . ALTERED . . . +2");
        List<AccessUnit> all = new ArrayList<>(film);
        all.replaceAll(unit -> unit instanceof AudioUnit audio ? flip(audio) : unit);
        assertThat(line(all)).isEqualTo("r ALTERED ALTERED ALTERED ALTERED ALTERED +2");
    }

    @Test
    void swappedFrames() {
        List<AccessUnit> swapped = new ArrayList<>(film);
        swapped.set(soundIndex(4), film.get(soundIndex(5)));
        swapped.set(soundIndex(5), film.get(soundIndex(4)));
        assertThat(line(swapped)).isEqualTo("r . REORDERED . . . +2");
    }

    @Test
    void doubledFrameAndFrameOfAnotherRun() {
        List<AccessUnit> doubled = new ArrayList<>(film);
        doubled.add(soundIndex(4), film.get(soundIndex(4)));
        assertThat(line(doubled)).isEqualTo("r . DUPLICATED . . . +2");
        List<AccessUnit> other = camera.film("RAAAAA AAAAA AAAAA AAAAA AAAAA");
        List<AccessUnit> inserted = new ArrayList<>(film);
        inserted.add(soundIndex(4), other.getLast());
        assertThat(line(inserted)).isEqualTo("r . INSERTED . . . +2");
    }

    @Test
    void clearFrame() {
        assertThat(line(edited(4, unit -> unit.withFrame(new byte[] {0x21, 0x10, 0x04}))))
                .isEqualTo("r . CLEAR_CONTENT . . . +2");
        assertThat(line(edited(4, unit -> unit.withFrame(new byte[0])))).isEqualTo("r . CLEAR_CONTENT . . . +2");
    }

    @Test
    void recordedWithoutSound() {
        List<Track> videoOnly = camera.tracks().subList(0, 1);
        List<AccessUnit> pictures = filtered(unit -> !(unit instanceof AudioUnit));
        String expected = "r TRACK_LEFT_OUT TRACK_LEFT_OUT TRACK_LEFT_OUT TRACK_LEFT_OUT TRACK_LEFT_OUT +1";
        assertThat(Judgement.line(videoOnly, pictures)).isEqualTo(expected);
        assertThat(Judgement.of(videoOnly, pictures).overall()).isEqualTo("Incomplete");
        assertThat(line(pictures)).as("with an empty track").contains("TRACK_LEFT_OUT");
    }

    @Test
    void soundThatBeginsLaterOrEndsEarlierIsCut() {
        int from = soundIndex(4);
        int to = soundIndex(11);
        List<AccessUnit> late = new ArrayList<>(film);
        late.subList(0, from).removeIf(AudioUnit.class::isInstance);
        assertThat(line(late)).isEqualTo("r CUT_AT_START CUT_AT_START . . . +2");
        List<AccessUnit> early = new ArrayList<>(film);
        early.subList(to, film.size()).removeIf(AudioUnit.class::isInstance);
        assertThat(line(early)).isEqualTo("r . . . CUT_AT_END CUT_AT_END +1");
        assertThat(Judgement.of(camera.tracks(), early).overall()).isEqualTo("Authentic");
    }

    @Test
    void soundThatStopsForLongIsLost() {
        List<AccessUnit> longer = camera.film("R" + "AP".repeat(3) + "KAPAPA".repeat(8) + "K");
        List<AccessUnit> cut = new ArrayList<>(longer);
        cut.subList(10, cut.size()).removeIf(AudioUnit.class::isInstance);
        assertThat(line(longer)).isEqualTo("r . . . . . . . . . +1");
        assertThat(line(cut)).contains("PACKAGES_LOST").contains("CUT_AT_END");
    }

    @Test
    void restartWithSound() {
        FakeCamera other = FakeCamera.h264();
        List<AccessUnit> units = other.film("KAPAPA KAPA RAPAPA KAPA KA");
        for (int by = -4; by <= 4; by++) {
            assertThat(Judgement.line(other.tracks(), soundMoved(units, by)))
                    .as("moved by " + by)
                    .startsWith("r . RUN_ENDED_OPEN r . .");
        }
    }

    @Test
    void newEpochWithSoundMoved() {
        FakeCamera other = FakeCamera.h264();
        List<AccessUnit> units = other.film("KAPAPA EAPAPA EAPAPA KAPA KA");
        for (int by = -6; by <= 6; by++) {
            assertThat(Judgement.of(other.tracks(), soundMoved(units, by)).overall())
                    .as("moved by " + by)
                    .isEqualTo("Authentic");
        }
    }
}
