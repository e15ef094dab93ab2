package org.camseal.recorder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.camseal.media.AccessUnit;
import org.camseal.media.Codec;
import org.camseal.media.NalUnit;
import org.camseal.media.VideoUnit;
import org.camseal.recorder.GroupVerdict.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReceptionTest {
    @TempDir
    Path directory;

    private static final class Kept implements Reception.Sink {
        final List<AccessUnit> units = new ArrayList<>();
        final List<GroupVerdict> verdicts = new ArrayList<>();

        @Override
        public void unit(AccessUnit unit, long number) {
            assertThat(number).isEqualTo(units.size());
            units.add(unit);
        }

        @Override
        public void verdict(GroupVerdict verdict, long firstUnit) {
            verdicts.add(verdict);
        }
    }

    @Test
    void theExpectedCameraIsAdmittedAndEveryUnitIsKept() throws Exception {
        FakeCamera camera = new FakeCamera(directory, "CS-1");
        Kept kept = new Kept();
        List<AccessUnit> sent = camera.seconds(0, 5);
        receive(camera, camera, sent, kept);
        assertThat(kept.units).hasSameSizeAs(sent);
        assertThat(kept.verdicts).hasSize(4).allMatch(verdict -> verdict.verdict() == Outcome.AUTHENTIC);
        assertThat(kept.units.get(10)).isNotEqualTo(sent.get(10)).isInstanceOf(VideoUnit.class);
        assertThat(nalUnits(kept.units.get(10)))
                .as("a key picture without certificate and grants gets them")
                .containsAll(nalUnits(sent.get(10)))
                .hasSize(nalUnits(sent.get(10)).size() + 2);
        assertThat(kept.units.subList(1, 10)).isEqualTo(sent.subList(1, 10));
    }

    @Test
    void nothingIsKeptOfACameraThatIsNotTheExpectedOne() throws Exception {
        FakeCamera expected = new FakeCamera(directory, "CS-1");
        FakeCamera other = new FakeCamera(directory, "CS-2");
        Kept kept = new Kept();
        List<AccessUnit> sent = other.seconds(0, 3);
        assertThatThrownBy(() -> receive(expected, other, sent, kept))
                .isInstanceOf(StrangerException.class)
                .hasMessageContaining("CS-2")
                .hasMessageContaining("CS-1");
        assertThat(kept.units).isEmpty();
    }

    @Test
    void nothingIsKeptOfACameraOfAnUnknownMaker() throws Exception {
        FakeCamera expected = new FakeCamera(directory.resolve("one"), "CS-1");
        FakeCamera copy = new FakeCamera(directory.resolve("two"), "CS-1");
        Kept kept = new Kept();
        List<AccessUnit> sent = copy.seconds(0, 3);
        assertThatThrownBy(() -> receive(expected, copy, sent, kept)).isInstanceOf(StrangerException.class);
        assertThat(kept.units).isEmpty();
    }

    @Test
    void clearVideoIsRefusedAtOnceAndAlsoInTheMiddle() throws Exception {
        FakeCamera camera = new FakeCamera(directory, "CS-1");
        Kept kept = new Kept();
        List<AccessUnit> units = new ArrayList<>(camera.seconds(0, 3));
        VideoUnit clear = ((VideoUnit) units.get(25)).withNalUnits(List.of(NalUnit.of(Codec.H264, new byte[] {
            0x41, (byte) 0x9a, 0x24, 0x6c
        })));
        units.set(25, clear);
        assertThatThrownBy(() -> receive(camera, camera, units, kept))
                .isInstanceOf(StrangerException.class)
                .hasMessageContaining("not sealed");
        assertThat(kept.units).hasSize(25).doesNotContain(clear);

        Kept nothing = new Kept();
        assertThatThrownBy(() -> receive(camera, camera, List.of(clear), nothing))
                .isInstanceOf(StrangerException.class);
        assertThat(nothing.units).isEmpty();
    }

    @Test
    void whoProvesNothingInTimeIsTurnedAway() throws Exception {
        FakeCamera camera = new FakeCamera(directory, "CS-1");
        List<AccessUnit> silent = camera.seconds(0, 30).stream()
                .map(unit -> (AccessUnit) ((VideoUnit) unit)
                        .withNalUnits(nalUnits(unit).stream()
                                .filter(nal -> !nal.isSei())
                                .toList()))
                .toList();
        Kept kept = new Kept();
        assertThatThrownBy(() -> receive(camera, camera, silent, kept))
                .isInstanceOf(StrangerException.class)
                .hasMessageContaining("nothing proved");
        assertThat(kept.units).isEmpty();
    }

    @Test
    void whatWasAlteredOnTheWayIsKeptAndSaidToBeForged() throws Exception {
        FakeCamera camera = new FakeCamera(directory, "CS-1");
        List<AccessUnit> units = new ArrayList<>(camera.seconds(0, 6));
        byte[] slice = nalUnits(units.get(34)).getFirst().bytes().clone();
        slice[100] ^= 0x10;
        units.set(34, ((VideoUnit) units.get(34)).withNalUnits(List.of(NalUnit.of(Codec.H264, slice))));
        Kept kept = new Kept();
        receive(camera, camera, units, kept);
        assertThat(kept.units).hasSize(60);
        assertThat(kept.verdicts.stream().map(GroupVerdict::verdict))
                .containsExactly(
                        Outcome.AUTHENTIC, Outcome.AUTHENTIC, Outcome.AUTHENTIC, Outcome.FORGED, Outcome.AUTHENTIC);
        assertThat(kept.verdicts.get(3).reason()).isEqualTo("altered");
    }

    private static List<NalUnit> nalUnits(AccessUnit unit) {
        return ((VideoUnit) unit).nalUnits();
    }

    private static void receive(FakeCamera expected, FakeCamera sender, List<AccessUnit> units, Reception.Sink sink)
            throws StrangerException {
        Reception reception = new Reception(sender.tracks(), Checks.judge(expected), sink);
        for (AccessUnit unit : units) {
            reception.accept(unit);
        }
        reception.finish();
    }
}
