package org.camseal.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.camseal.manifest.Films.changed;
import static org.camseal.manifest.Films.isOwn;
import static org.camseal.manifest.Films.joined;
import static org.camseal.manifest.Films.without;

import java.util.ArrayList;
import java.util.Arrays;
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

/** Runs, cameras and tracks put together, and what is foreign in a recording; the letters are {@link FakeCamera}'s. */
class SpliceVerdictTest {
    private final FakeCamera camera = FakeCamera.h264();

    private String line(List<AccessUnit> units) {
        return Judgement.line(camera.tracks(), units);
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
        List<AccessUnit> one = replaced.subList(6, 7);
        assertThat(line(joined(film, joined(one, one)))).isEqualTo("r . . CLEAR_CONTENT +4");
    }

    /** A byte stream after a power cut ends anywhere: nobody vouches for its last unit, and nobody is accused for it. */
    @Test
    void whatTheEndOfAFileCutsThroughIsOpenTail() throws Exception {
        List<AccessUnit> film = camera.film("KPPP KPPP KPP");
        NalUnit last = ((VideoUnit) film.getLast()).nalUnits().getLast();
        for (int length = 1; length < last.length(); length++) {
            NalUnit cut = NalUnit.of(Codec.H264, Arrays.copyOf(last.bytes(), length));
            Judgement judgement = Judgement.of(camera.tracks(), changed(film, film.size() - 1, nals -> {
                nals.set(nals.size() - 1, cut);
                return nals;
            }));
            assertThat(judgement.line()).as("%d bytes", length).isEqualTo("r . . +3");
        }
        List<AccessUnit> cutInside = changed(film, film.size() - 2, nals -> {
            nals.set(nals.size() - 1, NalUnit.of(Codec.H264, Arrays.copyOf(last.bytes(), last.length() / 2)));
            return nals;
        });
        assertThat(line(cutInside)).as("positive control: not the last one").isEqualTo("r . . CLEAR_CONTENT +2");
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
