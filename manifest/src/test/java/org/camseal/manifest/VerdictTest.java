package org.camseal.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.camseal.media.AccessUnit;
import org.camseal.media.AudioUnit;
import org.camseal.media.Codec;
import org.camseal.media.EmulationPrevention;
import org.camseal.media.MediaTime;
import org.camseal.media.NalUnit;
import org.camseal.media.VideoUnit;
import org.junit.jupiter.api.Test;

/** Each way to tamper with a recording, with the verdict it must get; the letters are {@link FakeCamera}'s. */
class VerdictTest {
    private final FakeCamera camera = FakeCamera.h264();

    private String line(List<AccessUnit> units) {
        return Judgement.line(camera.tracks(), units);
    }

    private static List<AccessUnit> without(List<AccessUnit> units, int... indexes) {
        List<AccessUnit> left = new ArrayList<>();
        for (int i = 0; i < units.size(); i++) {
            int index = i;
            if (java.util.Arrays.stream(indexes).noneMatch(other -> other == index)) {
                left.add(units.get(i));
            }
        }
        return left;
    }

    private static List<AccessUnit> swapped(List<AccessUnit> units, int one, int other) {
        List<AccessUnit> result = new ArrayList<>(units);
        result.set(one, units.get(other));
        result.set(other, units.get(one));
        return result;
    }

    private static List<AccessUnit> joined(List<AccessUnit> first, List<AccessUnit> second) {
        List<AccessUnit> result = new ArrayList<>(first);
        result.addAll(second);
        return result;
    }

    private static List<AccessUnit> changed(List<AccessUnit> units, int index, UnaryOperator<List<NalUnit>> change) {
        List<AccessUnit> result = new ArrayList<>(units);
        VideoUnit video = (VideoUnit) units.get(index);
        result.set(index, video.withNalUnits(change.apply(new ArrayList<>(video.nalUnits()))));
        return result;
    }

    private static UnaryOperator<List<NalUnit>> dropping(SealedSei.Kind kind) {
        return nals -> {
            nals.removeIf(nal -> isOwn(nal, kind));
            return nals;
        };
    }

    static boolean isOwn(NalUnit nal, SealedSei.Kind kind) {
        try {
            return SealedSei.find(nal).filter(sei -> sei.kind() == kind).isPresent();
        } catch (ManifestException e) {
            return false;
        }
    }

    private static List<NalUnit> flipSlice(List<NalUnit> nals) {
        NalUnit slice = nals.getLast();
        byte[] bytes = slice.bytes().clone();
        bytes[6] ^= 0x40;
        nals.set(nals.size() - 1, NalUnit.of(slice.codec(), bytes));
        return nals;
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
        Judgement judgement =
                Judgement.of(camera.tracks(), changed(camera.film("KPPP KPPP KPP"), 6, VerdictTest::flipSlice));
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
        assertThat(line(changed(cut, 8, VerdictTest::flipSlice))).isEqualTo("r . MANIFEST_LOST ALTERED +3");
        // in the group without its manifest, nobody can tell
        assertThat(line(changed(cut, 6, VerdictTest::flipSlice))).isEqualTo("r . MANIFEST_LOST . +3");
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

    @Test
    void newRunIsNotAFaultButItsOldEndIsOpen() {
        Judgement judgement = Judgement.of(camera.tracks(), camera.film("KPAP KPP RPAP KPP"));
        assertThat(judgement.line()).isEqualTo("r . RUN_ENDED_OPEN r . +3");
        assertThat(judgement.overall()).isEqualTo("Incomplete");
    }

    @Test
    void newRunEnteredInTheMiddle() {
        List<AccessUnit> film = camera.film("KPPP KPPP RPPP KPPP KPP");
        assertThat(line(without(film, 8, 9, 10, 11))).isEqualTo("r . RUN_WITHOUT_BEGINNING PACKAGES_LOST . +3");
    }

    @Test
    void olderRunAppended() {
        List<AccessUnit> older = camera.film("KPPP KPPP KPP");
        List<AccessUnit> newer = camera.film("RPPP KPPP KPP");
        assertThat(Judgement.of(camera.tracks(), joined(newer, older)).line())
                .startsWith("r . . RUN_ENDED_OPEN CLOCK_WENT_BACK");
        assertThat(Judgement.of(camera.tracks(), joined(newer, older.subList(4, 11)))
                        .overall())
                .isEqualTo("Forged");
        assertThat(Judgement.of(camera.tracks(), joined(older, newer)).overall())
                .isEqualTo("Incomplete");
    }

    @Test
    void backToARunThatWasLeft() {
        List<AccessUnit> first = camera.film("KPPP KPPP KPPP KPP");
        List<AccessUnit> second = camera.film("RPPP KPPP KPP");
        List<AccessUnit> sandwich = joined(joined(first.subList(0, 8), second), first.subList(8, 15));
        assertThat(line(sandwich)).contains("REPLAYED");
        assertThat(Judgement.of(camera.tracks(), sandwich).overall()).isEqualTo("Forged");
    }

    @Test
    void otherCamera() {
        FakeCamera other = new FakeCamera(new StreamId("CS-0002", "main"), Codec.H264);
        List<AccessUnit> film = camera.film("KPPP KPPP KPP");
        List<AccessUnit> spliced = joined(film, other.film("KPPP KPP"));
        assertThat(line(spliced)).contains("OTHER_STREAM");
        assertThat(Judgement.of(camera.tracks(), spliced).overall()).isEqualTo("Forged");
        FakeCamera sub = new FakeCamera(new StreamId("CS-0001", "sub"), Codec.H264);
        assertThat(line(joined(film, sub.film("KPPP KPP")))).contains("OTHER_STREAM");
    }

    @Test
    void otherCamerasPicturesUnderTheManifestsOfThisOne() {
        FakeCamera other = new FakeCamera(new StreamId("CS-0002", "main"), Codec.H264);
        List<AccessUnit> film = camera.film("KPPP KPPP KPP");
        List<AccessUnit> others = other.film("KPPP KPPP KPP");
        List<AccessUnit> mixed = new ArrayList<>(film);
        for (int i : new int[] {5, 6, 7}) {
            mixed.set(i, others.get(i));
        }
        assertThat(line(mixed)).isEqualTo("r . ALTERED +3");
    }

    @Test
    void repeatedSessionCertificateAndManifestInOneUnit() {
        List<AccessUnit> film = camera.film("KPPP KPPP KPP");
        List<AccessUnit> twice = changed(film, 4, nals -> {
            List<NalUnit> own = nals.stream()
                    .filter(nal ->
                            isOwn(nal, SealedSei.Kind.MANIFEST) || isOwn(nal, SealedSei.Kind.SESSION_CERTIFICATE))
                    .toList();
            nals.addAll(1, own);
            return nals;
        });
        assertThat(line(twice)).isEqualTo("r . . +3");
    }

    @Test
    void parameterSetChangedByAStranger() {
        List<AccessUnit> film = camera.film("KPPP KPPP KPPP KPP");
        NalUnit pps = NalUnit.of(Codec.H264, new byte[] {0x68, (byte) 0xce, 0x77, (byte) 0x80});
        List<AccessUnit> inserted = changed(film, 6, nals -> {
            nals.add(1, pps);
            return nals;
        });
        assertThat(line(inserted)).isEqualTo("r . PARAMETER_SETS_DIFFER . +3");
        List<AccessUnit> replaced = changed(film, 4, nals -> {
            nals.set(2, pps);
            return nals;
        });
        assertThat(line(replaced)).isEqualTo("r PARAMETER_SETS_DIFFER . . +3");
    }

    @Test
    void parameterSetOfTheContainerCountsUntilReplaced() {
        List<AccessUnit> film = camera.film("KPPP KPPP KPP");
        List<NalUnit> sets = ((VideoUnit) film.getFirst())
                .nalUnits().stream().filter(NalUnit::isParameterSet).toList();
        List<AccessUnit> moved = film;
        for (int index : new int[] {0, 4, 8}) {
            moved = changed(moved, index, nals -> {
                nals.removeIf(NalUnit::isParameterSet);
                return nals;
            });
        }
        assertThat(Judgement.line(Films.tracksWith(camera, sets), moved)).isEqualTo("r . . +3");
        List<NalUnit> stale =
                List.of(sets.getFirst(), NalUnit.of(Codec.H264, new byte[] {0x68, (byte) 0xce, 0x77, (byte) 0x80}));
        assertThat(Judgement.line(Films.tracksWith(camera, stale), film))
                .as("replaced in band")
                .isEqualTo("r . . +3");
        assertThat(Judgement.line(Films.tracksWith(camera, stale), moved))
                .as("not replaced")
                .isEqualTo("PARAMETER_SETS_DIFFER PARAMETER_SETS_DIFFER PARAMETER_SETS_DIFFER +3");
    }

    @Test
    void clearSlice() {
        List<AccessUnit> film = camera.film("KPPP KPPP KPP");
        NalUnit clear = NalUnit.of(Codec.H264, EmulationPrevention.escape(new byte[120]));
        clear.bytes()[0] = 0x41;
        List<AccessUnit> inserted = changed(film, 6, nals -> {
            nals.add(clear);
            return nals;
        });
        assertThat(line(inserted)).isEqualTo("r . CLEAR_CONTENT +3");
        List<AccessUnit> replaced = changed(film, 6, nals -> List.of(clear));
        Judgement judgement = Judgement.of(camera.tracks(), replaced);
        assertThat(judgement.line()).isEqualTo("r . CLEAR_CONTENT +3");
        assertThat(judgement.reports().get(2).findings())
                .extracting(Verdict::reason)
                .containsExactlyInAnyOrder(Reason.CLEAR_CONTENT, Reason.PACKAGES_LOST);
        assertThat(line(joined(film, replaced.subList(6, 7)))).isEqualTo("r . . CLEAR_CONTENT +3");
    }

    @Test
    void clearVideo() {
        NalUnit clear = NalUnit.of(Codec.H264, EmulationPrevention.escape(new byte[120]));
        clear.bytes()[0] = 0x65;
        List<AccessUnit> film = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            MediaTime time = MediaTime.video(3600L * i);
            film.add(new VideoUnit(1, List.of(clear), time, time, FakeCamera.START));
        }
        Judgement judgement = Judgement.of(camera.tracks(), film);
        assertThat(judgement.line()).isEqualTo("NOT_SEALED NOT_SEALED NOT_SEALED");
        assertThat(judgement.overall()).isEqualTo("Unsigned");
        // clear video that turns into sealed video stays a downgrade
        assertThat(line(joined(film.subList(0, 3), camera.film("KPPP KPP")))).isEqualTo("CLEAR_CONTENT r . +3");
    }

    @Test
    void foreignThings() {
        List<AccessUnit> film = camera.film("KPPP KPPP KPP");
        NalUnit dataPartition = NalUnit.of(Codec.H264, new byte[] {0x42, 1, 2, 3});
        NalUnit reserved = NalUnit.of(Codec.H264, new byte[] {0x78, 1, 2, 3});
        NalUnit sei = NalUnit.of(Codec.H264, new byte[] {6, 1, 1, 0, (byte) 0x80});
        NalUnit filler = NalUnit.of(Codec.H264, new byte[] {12, (byte) 0xff, (byte) 0x80});
        assertThat(line(changed(film, 5, with(dataPartition)))).isEqualTo("r . CLEAR_CONTENT +3");
        assertThat(line(changed(film, 5, with(reserved)))).isEqualTo("r . FOREIGN_NAL_UNIT +3");
        assertThat(line(changed(film, 5, with(sei)))).as("not covered").isEqualTo("r . . +3");
        assertThat(line(changed(film, 5, with(filler)))).as("not covered").isEqualTo("r . . +3");
        assertThat(line(changed(film, 4, nals -> {
                    nals.removeFirst();
                    return nals;
                })))
                .as("delimiter removed")
                .isEqualTo("r . . +3");
        List<AccessUnit> otherTrack = new ArrayList<>(film);
        otherTrack.add(6, new AudioUnit(3, new byte[80], MediaTime.video(0), 1024, FakeCamera.START));
        assertThat(line(otherTrack)).isEqualTo("r . FOREIGN_TRACK +3");
    }

    private static UnaryOperator<List<NalUnit>> with(NalUnit extra) {
        return nals -> {
            nals.add(extra);
            return nals;
        };
    }
}
