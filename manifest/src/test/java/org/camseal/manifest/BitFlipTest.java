package org.camseal.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.camseal.media.AccessUnit;
import org.camseal.media.AudioUnit;
import org.camseal.media.Codec;
import org.camseal.media.NalUnit;
import org.camseal.media.VideoUnit;
import org.junit.jupiter.api.Test;

/**
 * Flips the bits of a small stream, one at a time. Each flip changes what the checker says, or lies in what docs/spec/sealed-video.md lists
 * as not covered. Most bytes are tried in one bit only, and signatures in few, because each flip costs some signature verifications;
 * with -Dcamseal.sweep=all every bit is tried, which takes minutes.
 */
class BitFlipTest {
    private static final String LETTERS = "KAP SAP KAP";

    private String untouched = "";
    private int flips;
    private int unseen;

    @Test
    void h264() {
        sweep(FakeCamera.h264());
    }

    @Test
    void h265() {
        sweep(FakeCamera.h265());
    }

    private void sweep(FakeCamera camera) {
        List<AccessUnit> film = new ArrayList<>(camera.film(LETTERS));
        untouched = Judgement.line(camera.tracks(), film);
        assertThat(untouched).isEqualTo("r . +3");
        int tail = 6; // the third K: its manifest still ends a group, its slice and what follows is open tail
        for (int i = 0; i < film.size(); i++) {
            switch (film.get(i)) {
                case AudioUnit audio -> {
                    for (int bit : bits(audio.frame().length, 5)) {
                        byte[] flipped = flip(audio.frame(), bit);
                        expect(camera, film, i, audio.withFrame(flipped), i > tail);
                    }
                }
                case VideoUnit video -> {
                    for (int j = 0; j < video.nalUnits().size(); j++) {
                        sweepNal(camera, film, i, j, tail);
                    }
                }
            }
        }
        assertThat(flips).isGreaterThan(500);
        assertThat(unseen).as("flips nobody sees").isLessThan(flips / 2);
    }

    private void sweepNal(FakeCamera camera, List<AccessUnit> film, int unit, int index, int tail) {
        VideoUnit video = (VideoUnit) film.get(unit);
        NalUnit nal = video.nalUnits().get(index);
        boolean isManifest = Films.isOwn(nal, SealedSei.Kind.MANIFEST);
        boolean isCertificate = Films.isOwn(nal, SealedSei.Kind.SESSION_CERTIFICATE);
        for (int bit : bits(nal.length(), isCertificate ? 97 : isManifest ? 11 : 5)) {
            byte[] flipped = flip(nal.bytes(), bit);
            List<NalUnit> nals = new ArrayList<>(video.nalUnits());
            nals.set(index, NalUnit.of(nal.codec(), flipped));
            boolean mayBeUnseen = isUncovered(nal, isManifest, bit)
                    || (nal.isSlice() && unit >= tail)
                    || (nal.isParameterSet() && vanishes(NalUnit.of(nal.codec(), flipped)));
            expect(camera, film, unit, video.withNalUnits(nals), mayBeUnseen);
        }
    }

    /** The bits to try: all of the first two bytes and the last; in between one bit of each {@code step}th byte. */
    private static int[] bits(int bytes, int step) {
        boolean isAll = "all".equals(System.getProperty("camseal.sweep"));
        return java.util.stream.IntStream.range(0, bytes * 8)
                .filter(bit ->
                        isAll || bit / 8 < 4 || bit / 8 >= bytes - 1 || (bit / 8 % step == 0 && bit % 8 == bit / 8 % 7))
                .toArray();
    }

    /** Delimiters, own SEI but manifests and packages, and of a manifest's NAL header all bits but the type. */
    private static boolean isUncovered(NalUnit nal, boolean isManifest, int bit) {
        if (nal.isDelimiter()) {
            return true;
        }
        if (isManifest) {
            return nal.codec() == Codec.H264 ? bit < 3 : bit == 0 || (bit >= 7 && bit < 16);
        }
        return nal.isSei() && !Films.isOwn(nal, SealedSei.Kind.PACKAGE);
    }

    /** A parameter set that is not there is no fault: a decoder without it shows nothing. */
    private static boolean vanishes(NalUnit flipped) {
        return flipped.isSei()
                || flipped.isDelimiter()
                || (flipped.codec() == Codec.H264
                        ? flipped.type() >= 9 && flipped.type() <= 12
                        : flipped.type() >= 35 && flipped.type() <= 38);
    }

    private void expect(FakeCamera camera, List<AccessUnit> film, int index, AccessUnit changed, boolean mayBeUnseen) {
        List<AccessUnit> units = new ArrayList<>(film);
        units.set(index, changed);
        String line = Judgement.line(camera.tracks(), units);
        flips++;
        if (line.equals(untouched)) {
            unseen++;
            assertThat(mayBeUnseen)
                    .as("a flip in unit " + index + " that nobody sees: " + film.get(index) + " became " + changed)
                    .isTrue();
        }
    }

    private static byte[] flip(byte[] bytes, int bit) {
        byte[] flipped = bytes.clone();
        flipped[bit / 8] ^= (byte) (0x80 >> bit % 8);
        return flipped;
    }
}
