package org.camseal.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.camseal.manifest.Films.changed;
import static org.camseal.manifest.Films.dropping;
import static org.camseal.manifest.Films.isOwn;
import static org.camseal.manifest.Films.swapped;
import static org.camseal.manifest.Films.without;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.camseal.media.AccessUnit;
import org.camseal.media.Codec;
import org.camseal.media.NalUnit;
import org.junit.jupiter.api.Test;

/** Each way to tamper with a recording, with the verdict it must get; the letters are {@link FakeCamera}'s. */
class VerdictTest {
    private final FakeCamera camera = FakeCamera.h264();

    private String line(List<AccessUnit> units) {
        return Judgement.line(camera.tracks(), units);
    }

    @Test
    void untouched() {
        Judgement judgement = Judgement.of(camera.tracks(), camera.film("KPPP KPSP KPMP KPP"));
        assertThat(judgement.line()).isEqualTo("r . . . . +3");
        assertThat(judgement.overall()).isEqualTo("Authentic");
        assertThat(judgement.verdict().signers()).hasSize(1);
        assertThat(judgement.verdict().start()).contains(FakeCamera.START);
        assertThat(judgement.verdict().end()).contains(FakeCamera.START.plus(FakeCamera.PICTURE.multipliedBy(12)));
        GroupReport second = judgement.reports().get(2);
        assertThat(second.first().accessUnit()).isEqualTo(4);
        assertThat(second.last().accessUnit()).isEqualTo(7);
        assertThat(second.drift()).contains(Duration.ZERO);
        assertThat(second.tracks()).containsExactly(new TrackCount(SealedTrack.VIDEO, 6, 6, 0, 0, 0, 0));
    }

    @Test
    void untouchedH265() {
        FakeCamera h265 = FakeCamera.h265();
        assertThat(Judgement.line(h265.tracks(), h265.film("KPPP KPSP NPP ApP KPP")))
                .isEqualTo("r . . . . +3");
    }

    @Test
    void untouchedWithSound() {
        assertThat(line(camera.film("KAPAPAPA KAPAPAPA EAPAPA KPA"))).isEqualTo("r . . . +3");
    }

    @Test
    void newEpochNewParameterSetsNewKey() {
        assertThat(line(camera.film("KPAP EPAP NPP pPP WPP kPP KP"))).isEqualTo("r . . . . . . +2");
    }

    @Test
    void droppedPicture() {
        Judgement judgement = Judgement.of(camera.tracks(), without(camera.film("KPPP KPPP KPP"), 6));
        assertThat(judgement.line()).isEqualTo("r . PACKAGES_LOST +3");
        assertThat(judgement.overall()).isEqualTo("Incomplete");
        Verdict verdict = judgement.reports().get(2).verdict();
        assertThat(verdict.position().n()).hasValue(6);
        assertThat(verdict.position().accessUnit()).isEqualTo(6);
        assertThat(judgement.reports().get(2).tracks())
                .containsExactly(new TrackCount(SealedTrack.VIDEO, 4, 3, 1, 0, 0, 0));
    }

    @Test
    void droppedLastPictureOfAGroup() {
        assertThat(line(without(camera.film("KPPP KPPP KPP"), 7))).isEqualTo("r . PACKAGES_LOST +3");
    }

    @Test
    void droppedAllPicturesOfAGroupButTheKey() {
        assertThat(line(without(camera.film("KPPP KPPP KPP"), 5, 6, 7))).isEqualTo("r . PACKAGES_LOST +3");
    }

    @Test
    void droppedSliceAndDroppedSealedSei() {
        List<AccessUnit> film = camera.film("KPPP KPSP KPP");
        assertThat(line(film)).isEqualTo("r . . +3");
        assertThat(line(changed(film, 6, nals -> {
                    nals.removeLast();
                    return nals;
                })))
                .isEqualTo("r . PACKAGES_LOST +3");
        assertThat(line(changed(film, 6, dropping(SealedSei.Kind.PACKAGE)))).isEqualTo("r . PACKAGES_LOST +3");
    }

    @Test
    void swappedPictures() {
        assertThat(line(swapped(camera.film("KPPP KPPP KPP"), 5, 6))).isEqualTo("r . REORDERED +3");
    }

    @Test
    void swappedGroups() {
        List<AccessUnit> film = camera.film("KPP KPP KPP KPP K");
        List<AccessUnit> swapped = new ArrayList<>(film.subList(0, 3));
        swapped.addAll(film.subList(6, 9));
        swapped.addAll(film.subList(3, 6));
        swapped.addAll(film.subList(9, 13));
        Judgement judgement = Judgement.of(camera.tracks(), swapped);
        assertThat(judgement.overall()).isEqualTo("Forged");
        assertThat(judgement.line()).contains("REPLAYED");
        assertThat(line(film)).isEqualTo("r . . . . +1");
    }

    @Test
    void duplicatedPictureAndDuplicatedGroup() {
        List<AccessUnit> film = camera.film("KPPP KPPP KPPP KP");
        List<AccessUnit> twice = new ArrayList<>(film);
        twice.add(6, film.get(5));
        assertThat(line(twice)).isEqualTo("r . DUPLICATED . +2");
        List<AccessUnit> again = new ArrayList<>(film.subList(0, 8));
        again.addAll(film.subList(4, 17 - 3));
        assertThat(Judgement.of(camera.tracks(), again).overall()).isEqualTo("Forged");
    }

    @Test
    void alteredPicture() {
        Judgement judgement = Judgement.of(camera.tracks(), changed(camera.film("KPPP KPPP KPP"), 6, Films::flipSlice));
        assertThat(judgement.line()).isEqualTo("r . ALTERED +3");
        assertThat(judgement.overall()).isEqualTo("Forged");
        assertThat(judgement.reports().get(2).verdict().position().accessUnit()).isEqualTo(6);
        assertThat(judgement.reports().get(2).verdict().position().n()).hasValue(6);
    }

    @Test
    void insertedPictureOfAnotherRun() {
        List<AccessUnit> film = camera.film("KPPP KPPP KPP");
        List<AccessUnit> other = camera.film("RPPPPPPPPPPPPPP");
        List<AccessUnit> mixed = new ArrayList<>(film);
        mixed.add(6, other.get(13));
        assertThat(line(mixed)).isEqualTo("r . INSERTED +3");
    }

    @Test
    void replacedPictureOfAnotherRun() {
        List<AccessUnit> film = camera.film("KPPP KPPP KPP");
        List<AccessUnit> other = camera.film("RPPPPPPPPPPPPPP");
        List<AccessUnit> mixed = new ArrayList<>(film);
        mixed.set(6, other.get(6));
        assertThat(line(mixed)).isEqualTo("r . ALTERED +3");
    }

    @Test
    void removedGroup() {
        Judgement judgement = Judgement.of(camera.tracks(), without(camera.film("KPPP KPPP KPPP KPP"), 4, 5, 6, 7));
        assertThat(judgement.line()).isEqualTo("r MANIFEST_LOST PACKAGES_LOST . +3");
        assertThat(judgement.overall()).isEqualTo("Incomplete");
        assertThat(judgement.reports().get(1).verdict().detail()).startsWith("1 manifests are missing");
    }

    @Test
    void removedSeveralGroupsAtTheirBorders() {
        // Cut out from the middle of one group of pictures to the middle of a later one.
        List<AccessUnit> film = camera.film("KPPP KPPP KPPP KPPP KPP");
        assertThat(line(without(film, 6, 7, 8, 9, 10, 11, 12, 13))).isEqualTo("r . MANIFEST_LOST PACKAGES_LOST +3");
        assertThat(line(without(film, 1, 2, 3, 4, 5, 6, 7))).isEqualTo("r MANIFEST_LOST PACKAGES_LOST . . +3");
    }

    @Test
    void lostManifest() {
        List<AccessUnit> film = camera.film("KPPP KPPP KPPP KPP");
        Judgement judgement = Judgement.of(camera.tracks(), changed(film, 8, dropping(SealedSei.Kind.MANIFEST)));
        assertThat(judgement.line()).isEqualTo("r . MANIFEST_LOST . +3");
        GroupReport lost = judgement.reports().get(2);
        assertThat(lost.manifest()).isEmpty();
        assertThat(lost.tracks()).containsExactly(new TrackCount(SealedTrack.VIDEO, 0, 0, 0, 0, 0, 4));
        assertThat(lost.first().accessUnit()).isEqualTo(4);
        assertThat(lost.last().accessUnit()).isEqualTo(7);
    }

    @Test
    void lostManifestDoesNotHideAnAlteredPictureOfTheNextGroup() {
        List<AccessUnit> film = camera.film("KPPP KPPP KPPP KPP");
        List<AccessUnit> cut = changed(film, 8, dropping(SealedSei.Kind.MANIFEST));
        assertThat(line(changed(cut, 8, Films::flipSlice))).isEqualTo("r . MANIFEST_LOST ALTERED +3");
        // in the group without its manifest, nobody can tell
        assertThat(line(changed(cut, 6, Films::flipSlice))).isEqualTo("r . MANIFEST_LOST . +3");
    }

    @Test
    void lostManifestAtAnEpochsStart() {
        List<AccessUnit> film = camera.film("KPPP KPPP EPPP KPPP KPP");
        assertThat(line(film)).isEqualTo("r . . . . +3");
        assertThat(line(changed(film, 8, dropping(SealedSei.Kind.MANIFEST)))).isEqualTo("r . MANIFEST_LOST . . +3");
    }

    @Test
    void allManifestsRemoved() {
        List<AccessUnit> film = camera.film("KPPP KPPP KPP");
        for (int index : new int[] {0, 4, 8}) {
            film = changed(film, index, dropping(SealedSei.Kind.MANIFEST));
        }
        Judgement judgement = Judgement.of(camera.tracks(), film);
        assertThat(judgement.line()).isEqualTo("NO_MANIFEST +11");
        assertThat(judgement.overall()).isEqualTo("Unsigned");
    }

    @Test
    void alteredManifest() {
        List<AccessUnit> film = camera.film("KPPP KPPP KPPP KPP");
        Judgement judgement = Judgement.of(camera.tracks(), changed(film, 8, nals -> {
            for (int i = 0; i < nals.size(); i++) {
                if (isOwn(nals.get(i), SealedSei.Kind.MANIFEST)) {
                    byte[] bytes = nals.get(i).bytes().clone();
                    bytes[bytes.length - 10] ^= 1;
                    nals.set(i, NalUnit.of(Codec.H264, bytes));
                }
            }
            return nals;
        }));
        assertThat(judgement.line()).isEqualTo("r . BAD_SIGNATURE . +3");
    }

    @Test
    void cutAtBothEndsIsNoFault() {
        List<AccessUnit> film = camera.film("KPPP KPPP KPPP KPPP KPP");
        assertThat(line(film.subList(4, 17))).as("at a key picture").isEqualTo(". . . +1");
        assertThat(line(film.subList(6, 18))).as("inside a group").isEqualTo("CUT_AT_START . . +2");
        assertThat(line(film.subList(0, 10))).as("tail").isEqualTo("r . . +2");
        assertThat(Judgement.of(camera.tracks(), film.subList(6, 18)).overall()).isEqualTo("Authentic");
    }

    @Test
    void cutHeadDoesNotHideALossBehindIt() {
        List<AccessUnit> film = camera.film("KPPPPP KPPP KPP");
        assertThat(line(without(film, 0, 1, 3))).isEqualTo("PACKAGES_LOST . +3");
        assertThat(line(without(film, 0, 1))).isEqualTo("CUT_AT_START . +3");
    }

    @Test
    void beginsBetweenTwoSessionCertificates() {
        List<AccessUnit> film = camera.film("KPPP kPPP kPPP kPPP KPP");
        assertThat(line(film.subList(4, 19))).isEqualTo(". . . +3");
        List<AccessUnit> never = film.subList(4, 15);
        Judgement judgement = Judgement.of(camera.tracks(), never);
        assertThat(judgement.line()).isEqualTo("SIGNER_UNKNOWN SIGNER_UNKNOWN +3");
        assertThat(judgement.overall()).isEqualTo("Incomplete");
    }

    @Test
    void laterManifestVouchesForAnEarlierOneOfAnUncertifiedKey() {
        List<AccessUnit> film = camera.film("KPPP kPPP kPPP WPP KP");
        List<AccessUnit> cut = film.subList(4, film.size());
        Judgement judgement = Judgement.of(camera.tracks(), cut);
        assertThat(judgement.line()).isEqualTo(". . . +2");
        assertThat(judgement.verdict().signers()).hasSize(1);
        // positive control: without the renewed key nobody vouches
        assertThat(line(film.subList(4, 12))).isEqualTo("SIGNER_UNKNOWN +4");
    }

    @Test
    void missingCertificateOfARunInTheMiddle() {
        List<AccessUnit> film = camera.film("KPPP RPPP kPPP");
        List<AccessUnit> cut = changed(film, 4, dropping(SealedSei.Kind.SESSION_CERTIFICATE));
        assertThat(line(film)).isEqualTo("r RUN_ENDED_OPEN r . +4");
        assertThat(line(cut)).isEqualTo("r MANIFEST_LOST SIGNER_UNKNOWN SIGNER_UNKNOWN +4");
    }
}
