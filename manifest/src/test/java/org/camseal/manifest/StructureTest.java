package org.camseal.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.camseal.media.AccessUnit;
import org.camseal.media.AudioFormat;
import org.camseal.media.AudioUnit;
import org.camseal.media.Codec;
import org.camseal.media.EmulationPrevention;
import org.camseal.media.NalUnit;
import org.camseal.media.Sei;
import org.camseal.media.Track;
import org.camseal.media.TrackFormat;
import org.camseal.media.VideoUnit;
import org.junit.jupiter.api.Test;

/** The parts of a sealed unit: trailer, own SEI, audio prefix, the sender's gate, parameter sets in force. */
class StructureTest {
    private static final PackageTrailer TRAILER =
            new PackageTrailer(0xfffffffeL, filled(32, 0x51), filled(16, 0x74), Suite.CHACHA20_POLY1305);

    private static byte[] filled(int length, int value) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }

    private static byte[] joined(byte[] one, byte[] other) {
        byte[] both = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, both, one.length, other.length);
        return both;
    }

    @Test
    void trailerLayout() throws Exception {
        byte[] bytes = TRAILER.bytes();
        assertThat(bytes).hasSize(53).startsWith(0xff, 0xff, 0xff, 0xfe, 0x51).endsWith(0x74, 2);
        assertThat(PackageTrailer.atEndOf(joined(new byte[7], bytes))).isEqualTo(TRAILER);
        assertThat(PackageTrailer.atEndOf(bytes)).isEqualTo(TRAILER);
        assertThatThrownBy(() -> PackageTrailer.atEndOf(Arrays.copyOf(bytes, 52)))
                .isInstanceOf(ManifestException.Malformed.class)
                .hasMessageContaining("53");
        for (int suite : new int[] {0, 3, 0x80, 0xff}) {
            byte[] other = bytes.clone();
            other[52] = (byte) suite;
            assertThatThrownBy(() -> PackageTrailer.atEndOf(other)).hasMessageContaining("suite " + suite);
        }
    }

    /** The trailer is read from the end, without the unit in front of it; reading it whole must give the same. */
    @Test
    void trailerOfASliceIsReadFromItsEnd() throws Exception {
        Random random = new Random(53);
        for (int i = 0; i < 20_000; i++) {
            byte[] rbsp = new byte[56 + random.nextInt(60)];
            for (int j = 0; j < rbsp.length; j++) {
                rbsp[j] = (byte) (random.nextInt(4) > 0 ? 0 : random.nextInt(5));
            }
            rbsp[0] = 0x41;
            rbsp[rbsp.length - 1] = 1;
            NalUnit slice = NalUnit.of(Codec.H264, EmulationPrevention.escape(rbsp));
            assertThat(PackageTrailer.ofSlice(slice)).isEqualTo(PackageTrailer.atEndOf(rbsp));
        }
    }

    @Test
    void shortSliceIsNoPackage() throws Exception {
        byte[] shortest = joined(new byte[] {0x41}, TRAILER.bytes());
        assertThat(PackageTrailer.ofSlice(NalUnit.of(Codec.H264, shortest))).isEqualTo(TRAILER);
        NalUnit shorter = NalUnit.of(Codec.H264, Arrays.copyOfRange(shortest, 1, shortest.length));
        assertThatThrownBy(() -> PackageTrailer.ofSlice(shorter)).isInstanceOf(ManifestException.Malformed.class);
        NalUnit header265 = NalUnit.of(Codec.H265, shortest);
        assertThatThrownBy(() -> PackageTrailer.ofSlice(header265)).isInstanceOf(ManifestException.Malformed.class);
    }

    @Test
    void ownSeiOfAnySizeAndKindComesBack() throws Exception {
        for (Codec codec : List.of(Codec.H264, Codec.H265)) {
            for (int size : new int[] {0, 1, 237, 238, 239, 492, 493, 494, 70_000}) {
                for (SealedSei.Kind kind : SealedSei.Kind.values()) {
                    NalUnit nal = SealedSei.of(kind, new byte[size]).toNalUnit(codec);
                    SealedSei found = SealedSei.find(nal).orElseThrow();
                    assertThat(found.kind()).isEqualTo(kind);
                    assertThat(found.body()).isEqualTo(new byte[size]);
                }
            }
        }
        NalUnit suffix = SealedSei.of(SealedSei.Kind.PACKAGE, new byte[3]).toNalUnit(Codec.H265, Sei.Place.SUFFIX, 2);
        assertThat(suffix.type()).isEqualTo(40);
        assertThat(SealedSei.find(suffix)).isPresent();
    }

    @Test
    void ownSeiLayout() {
        byte[] bytes = SealedSei.of(SealedSei.Kind.GRANTS, new byte[] {0x77, 0x78})
                .toNalUnit(Codec.H264)
                .bytes();
        assertThat(java.util.HexFormat.of().formatHex(bytes))
                .isEqualTo("06" + "05" + "13" + "b1f4c4a27c1e5d0a9f632c5ea1ca3001" + "02" + "7778" + "80");
    }

    @Test
    void foreignSeiIsNotOursAndBrokenOnesAreTold() throws Exception {
        NalUnit own = SealedSei.of(SealedSei.Kind.GRANTS, new byte[4]).toNalUnit(Codec.H264);
        byte[] otherUuid = own.bytes().clone();
        otherUuid[5] ^= 1;
        assertThat(SealedSei.find(NalUnit.of(Codec.H264, otherUuid))).isEmpty();
        assertThat(SealedSei.find(NalUnit.of(Codec.H264, new byte[] {6, 1, 1, 0, (byte) 0x80})))
                .isEmpty();
        assertThat(SealedSei.find(NalUnit.of(Codec.H264, new byte[] {0x65, 1, 1, 0, (byte) 0x80})))
                .isEmpty();
        assertThat(SealedSei.find(NalUnit.of(Codec.H264, new byte[] {6, 5, 99})))
                .isEmpty();
        byte[] otherKind = own.bytes().clone();
        otherKind[19] = 9;
        assertThatThrownBy(() -> SealedSei.find(NalUnit.of(Codec.H264, otherKind)))
                .isInstanceOf(ManifestException.Malformed.class)
                .hasMessageContaining("kind 9");
        byte[] two = joined(Arrays.copyOf(own.bytes(), own.length() - 1), new byte[] {1, 1, 0, (byte) 0x80});
        assertThatThrownBy(() -> SealedSei.find(NalUnit.of(Codec.H264, two)))
                .isInstanceOf(ManifestException.Malformed.class);
        NalUnit noKind = Sei.userDataUnregistered(Codec.H264, SealedSei.SEI_UUID, new byte[0]);
        assertThatThrownBy(() -> SealedSei.find(noKind)).isInstanceOf(ManifestException.Malformed.class);
    }

    @Test
    void audioPrefixes() throws Exception {
        assertThat(AudioPrefix.ofClear(Codec.AAC, new byte[0])).containsExactly(0xe0);
        assertThat(AudioPrefix.takenFromClear(Codec.AAC, new byte[] {(byte) 0xe0}))
                .isZero();
        assertThat(AudioPrefix.ofClear(Codec.OPUS, new byte[] {0x48, 1, 2})).containsExactly(0x48);
        assertThat(AudioPrefix.ofClear(Codec.OPUS, new byte[] {0x4b, 0x43, 1, 2}))
                .containsExactly(0x4b, 0x43);
        assertThat(AudioPrefix.takenFromClear(Codec.OPUS, new byte[] {0x4b, 0x43}))
                .isEqualTo(2);
        assertThat(AudioPrefix.ofClear(Codec.PCMA, new byte[160])).isEmpty();
        assertThat(AudioPrefix.ofSealed(Codec.OPUS, new byte[] {0x4b, 0x43, 9})).containsExactly(0x4b, 0x43);
        assertThatThrownBy(() -> AudioPrefix.ofClear(Codec.OPUS, new byte[0])).hasMessageContaining("TOC");
        assertThatThrownBy(() -> AudioPrefix.ofClear(Codec.OPUS, new byte[] {3}))
                .hasMessageContaining("count");
        assertThatThrownBy(() -> AudioPrefix.ofSealed(Codec.AAC, new byte[] {0x21}))
                .hasMessageContaining("E0");
        assertThatThrownBy(() -> AudioPrefix.ofSealed(Codec.AAC, new byte[0])).hasMessageContaining("E0");
    }

    @Test
    void gateLetsSealedUnitsThrough() throws Exception {
        for (FakeCamera camera : List.of(FakeCamera.h264(), FakeCamera.h265())) {
            for (AccessUnit unit : camera.film("KPASM")) {
                TrackFormat format = camera.tracks().get(unit.track() - 1).format();
                SealedUnit sealed = SealedUnit.parse(unit, format);
                assertThat(sealed.unit()).isSameAs(unit);
                assertThat(sealed.packages()).isNotEmpty();
            }
        }
        FakeCamera camera = FakeCamera.h264();
        SealedUnit key = SealedUnit.parse(
                camera.film("K").getFirst(), camera.tracks().getFirst().format());
        assertThat(key.ownSei(SealedSei.Kind.MANIFEST)).hasSize(1);
        assertThat(key.ownSei(SealedSei.Kind.SESSION_CERTIFICATE)).hasSize(1);
        assertThat(key.ownSei(SealedSei.Kind.GRANTS)).hasSize(1);
        assertThat(key.packages().getFirst().form()).isEqualTo(SealedPackage.Form.SLICE);
    }

    @Test
    void gateStopsWhatIsClearMalformedOrForeign() {
        FakeCamera camera = FakeCamera.h264();
        TrackFormat format = camera.tracks().getFirst().format();
        VideoUnit sealed = (VideoUnit) camera.film("K").getFirst();
        List<NalUnit> extras = List.of(
                NalUnit.of(Codec.H264, joined(new byte[] {0x41}, filled(90, 0x11))),
                NalUnit.of(Codec.H264, new byte[] {0x41, 1}),
                NalUnit.of(Codec.H264, new byte[] {6, 1, 1, 0, (byte) 0x80}),
                NalUnit.of(Codec.H264, new byte[] {6, 5}),
                NalUnit.of(Codec.H264, new byte[] {12, (byte) 0xff, (byte) 0x80}),
                NalUnit.of(Codec.H264, new byte[] {0x78, 1, 2}),
                NalUnit.of(Codec.H265, new byte[] {0x46, 1, 0x50}),
                SealedSei.of(SealedSei.Kind.PACKAGE, new byte[10]).toNalUnit(Codec.H264));
        for (NalUnit extra : extras) {
            List<NalUnit> nals = new ArrayList<>(sealed.nalUnits());
            nals.add(extra);
            assertThatThrownBy(() -> SealedUnit.parse(sealed.withNalUnits(nals), format))
                    .as(extra.toString())
                    .isInstanceOf(ManifestException.NotSealed.class);
        }
    }

    @Test
    void gateStopsClearSound() throws Exception {
        FakeCamera camera = FakeCamera.h264();
        Track track = camera.tracks().getLast();
        AudioUnit sealed = (AudioUnit) camera.film("KA").getLast();
        assertThat(SealedUnit.parse(sealed, track.format()).packages()).hasSize(1);
        byte[] clear = sealed.frame().clone();
        clear[0] = 0x21;
        assertThatThrownBy(() -> SealedUnit.parse(sealed.withFrame(clear), track.format()))
                .isInstanceOf(ManifestException.NotSealed.class);
        AudioFormat alaw = new AudioFormat(Codec.PCMA, 8000, 1, new byte[0]);
        assertThatThrownBy(() -> SealedUnit.parse(sealed.withFrame(new byte[160]), alaw))
                .isInstanceOf(ManifestException.NotSealed.class);
        assertThatThrownBy(() ->
                        SealedUnit.parse(sealed, camera.tracks().getFirst().format()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void parameterSetsReplaceThoseOfTheirTypeAndId() {
        ParameterSets sets = new ParameterSets();
        sets.accept(nal(Codec.H264, 0x67, 0x42, 0xc0, 0x1e, 0x80, 0x01)); // SPS 0
        sets.accept(nal(Codec.H264, 0x67, 0x42, 0xc0, 0x1e, 0x40, 0x01)); // SPS 1
        sets.accept(nal(Codec.H264, 0x68, 0x80)); // PPS 0
        assertThat(sets.digests()).hasSize(3).isSorted();
        sets.accept(nal(Codec.H264, 0x67, 0x4d, 0xc0, 0x1e, 0x80, 0x02)); // SPS 0 again, another profile
        assertThat(sets.digests()).hasSize(3);
        sets.accept(nal(Codec.H264, 0x68, 0x80, 0, 0)); // the same PPS 0 as some muxers pad it
        assertThat(sets.digests()).hasSize(3);
        sets.accept(nal(Codec.H264, 0x68, 0x00)); // no id to be read
        assertThat(sets.digests()).hasSize(4);
    }

    /** The VPS, SPS and PPS that x265 writes for 64x64 pictures, and an SPS with two sub-layers. */
    @Test
    void parameterSetIdsOfH265() {
        ParameterSets sets = new ParameterSets();
        byte[] vps = java.util.HexFormat.of().parseHex("40010c01ffff016000000300900000030000030000959809");
        byte[] sps = java.util.HexFormat.of()
                .parseHex("420101016000000300900000030000030000a0208104d9650b52c926ae40402000000300200000030321");
        byte[] pps = java.util.HexFormat.of().parseHex("4401c172b46240");
        for (byte[] set : List.of(vps, sps, pps)) {
            sets.accept(NalUnit.of(Codec.H265, set));
            byte[] other = joined(set, new byte[] {0x55});
            sets.accept(NalUnit.of(Codec.H265, other));
        }
        assertThat(sets.digests()).hasSize(3);
        byte[] otherVps = vps.clone();
        otherVps[2] = 0x1c;
        sets.accept(NalUnit.of(Codec.H265, otherVps));
        assertThat(sets.digests()).hasSize(4);
    }

    private static NalUnit nal(Codec codec, int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return NalUnit.of(codec, bytes);
    }
}
