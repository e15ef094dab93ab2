package org.camseal.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.KeyPair;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.camseal.manifest.Manifest;
import org.camseal.manifest.SealedSei;
import org.camseal.manifest.SealedUnit;
import org.camseal.manifest.SignedManifest;
import org.camseal.manifest.Suite;
import org.camseal.media.AccessUnit;
import org.camseal.media.Codec;
import org.camseal.media.NalUnit;
import org.camseal.media.Track;
import org.camseal.media.VideoFormat;
import org.camseal.media.VideoUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SealerTest {
    private static final Duration PICTURE = Duration.ofMillis(40);
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final Journey journey = new Journey();

    @Test
    void beginsWithAKeyPicture() throws Exception {
        Clips clip = Clips.letters("PPIP", PICTURE);
        Sealer sealer = journey.sealer(clip.tracks());
        for (int i = 0; i < 2; i++) {
            VideoUnit early = clip.units().get(i);
            assertThatThrownBy(() -> sealer.seal(early))
                    .isInstanceOf(SealException.NotStarted.class)
                    .hasMessageContaining("key picture");
        }
        List<AccessUnit> sealed = Journey.seal(sealer, clip.units().subList(2, 4));
        assertThat(Journey.open(journey.opener(clip.tracks()), sealed))
                .isEqualTo(clip.units().subList(2, 4));
    }

    @Test
    void putsItsOwnSeiBetweenParameterSetsAndSlices() throws Exception {
        Clips clip = Clips.small(Codec.H264);
        VideoUnit first = (VideoUnit)
                journey.sealer(clip.tracks()).seal(clip.units().getFirst()).unit();
        assertThat(first.nalUnits().stream().map(NalUnit::type)).containsExactly(9, 7, 8, 6, 6, 6, 6, 5, 5);
        assertThat(kinds(first))
                .containsExactly(
                        SealedSei.Kind.SESSION_CERTIFICATE,
                        SealedSei.Kind.MANIFEST,
                        SealedSei.Kind.GRANTS,
                        SealedSei.Kind.PACKAGE);
    }

    @Test
    void beginsAnEpochAtTheKeyPictureThatFollowsItsEnd() throws Exception {
        Clips clip = Clips.letters("IPPIPPIPPIPPIPP", SECOND);
        SealerSettings settings = journey.settings().withEpochLength(Duration.ofSeconds(5));
        List<AccessUnit> sealed = Journey.seal(journey.sealer(clip.tracks(), settings), clip.units());
        List<Long> announced = new ArrayList<>();
        for (AccessUnit unit : sealed) {
            manifest(unit)
                    .ifPresent(manifest -> announced.add(manifest.announced().number()));
        }
        // Key pictures at 0, 3, 6, 9, 12 s; more manifests where two seconds would pass without.
        assertThat(announced).isEqualTo(List.of(1L, 1L, 1L, 1L, 2L, 2L, 2L, 2L, 3L, 3L));
        assertThat(manifest(sealed.get(6)).orElseThrow().covered().number()).isEqualTo(1);
        assertThat(Journey.open(journey.opener(clip.tracks()), sealed)).isEqualTo(clip.units());
        Journey.assertAuthentic(clip.tracks(), sealed);
    }

    @Test
    void signsAtMostTwoSecondsApartAlsoInALongGroupOfPictures() throws Exception {
        Clips clip = Clips.letters("I" + "P".repeat(300), PICTURE);
        List<AccessUnit> sealed = Journey.seal(journey.sealer(clip.tracks()), clip.units());
        List<Integer> at = new ArrayList<>();
        for (int i = 0; i < sealed.size(); i++) {
            if (manifest(sealed.get(i)).isPresent()) {
                at.add(i);
            }
        }
        assertThat(at).isEqualTo(List.of(0, 50, 100, 150, 200, 250, 300));
        Journey.assertAuthentic(clip.tracks(), sealed);
    }

    @Test
    void repeatsCertificateAndGrantsOften() throws Exception {
        Clips clip = Clips.letters(("I" + "P".repeat(49)).repeat(11), PICTURE);
        List<AccessUnit> sealed = Journey.seal(journey.sealer(clip.tracks()), clip.units());
        assertThat(secondsOf(sealed, SealedSei.Kind.SESSION_CERTIFICATE)).isEqualTo(List.of(0, 4, 8, 12, 16, 20));
        assertThat(secondsOf(sealed, SealedSei.Kind.GRANTS)).isEqualTo(List.of(0, 4, 8, 12, 16, 20));
    }

    @Test
    void sendsTheCertificateAlsoWhereNoKeyPictureComes() throws Exception {
        Clips clip = Clips.letters("I" + "P".repeat(30), SECOND);
        List<AccessUnit> sealed = Journey.seal(journey.sealer(clip.tracks()), clip.units());
        assertThat(secondsOf(sealed, SealedSei.Kind.SESSION_CERTIFICATE)).isEqualTo(List.of(0, 5, 10, 15, 20, 25, 30));
    }

    /** Who is taken out cannot open what follows the next key picture; who is put in can. */
    @Test
    void changesOfRecipientsCountFromTheNextKeyPicture() throws Exception {
        KeyPair other = TestCamera.ecPair("secp256r1");
        Clips clip = Clips.letters("IPPIPPIPP", PICTURE);
        Sealer sealer = journey.sealer(clip.tracks());
        List<AccessUnit> sealed =
                new ArrayList<>(Journey.seal(sealer, clip.units().subList(0, 2)));
        sealer.addRecipient(Recipient.of(other.getPublic()));
        sealed.addAll(Journey.seal(sealer, clip.units().subList(2, 5)));
        sealer.removeRecipient(RecipientId.of(journey.viewer.getPublic()));
        sealed.addAll(Journey.seal(sealer, clip.units().subList(5, 9)));

        Opening.Obstacle no = Opening.Obstacle.NO_GRANT_FOR_US;
        assertThat(Journey.obstacles(journey.opener(clip.tracks()), sealed))
                .containsExactly(null, null, null, null, null, null, no, no, no);
        assertThat(Journey.obstacles(journey.opener(clip.tracks(), other), sealed))
                .containsExactly(no, no, no, null, null, null, null, null, null);
        Journey.assertAuthentic(clip.tracks(), sealed);
    }

    @Test
    void stopsWithoutTheLastRecipientAndNeverGoesOnInClear() throws Exception {
        Clips clip = Clips.letters("IPPIPPIPP", PICTURE);
        Sealer sealer = journey.sealer(clip.tracks());
        Journey.seal(sealer, clip.units().subList(0, 2));
        sealer.removeRecipient(RecipientId.of(journey.viewer.getPublic()));
        for (VideoUnit unit : clip.units().subList(2, 5)) {
            assertThatThrownBy(() -> sealer.seal(unit)).isInstanceOf(SealException.NoRecipient.class);
        }
        KeyPair other = TestCamera.ecPair("secp256r1");
        sealer.addRecipient(Recipient.of(other.getPublic()));
        VideoUnit before = clip.units().get(5);
        assertThatThrownBy(() -> sealer.seal(before)).isInstanceOf(SealException.NotStarted.class);

        List<AccessUnit> sealed = Journey.seal(sealer, clip.units().subList(6, 9));
        assertThat(manifest(sealed.getFirst()).orElseThrow().announced().number())
                .isEqualTo(2);
        assertThat(Journey.obstacles(journey.opener(clip.tracks()), sealed)).doesNotContainNull();
    }

    /** H.264 slice extension, data partition, prefix NAL unit, unspecified type; H.265 of another layer, reserved slice. */
    @ParameterizedTest
    @ValueSource(strings = {"74888040", "628880", "6e8880", "7e00", "1e01"})
    void refusesWhatItCannotSealAndGoesOn(String bytes) throws Exception {
        Clips clip = Clips.small(Codec.H264);
        Sealer sealer = journey.sealer(clip.tracks());
        List<AccessUnit> sealed = new ArrayList<>();
        for (VideoUnit unit : clip.units()) {
            List<NalUnit> more = new ArrayList<>(unit.nalUnits());
            more.add(NalUnit.of(Codec.H264, Hex.bytes(bytes)));
            VideoUnit odd = unit.withNalUnits(more);
            assertThatThrownBy(() -> sealer.seal(odd))
                    .isInstanceOf(SealException.Refused.class)
                    .hasMessageContaining("type");
            sealed.add(sealer.seal(unit).unit());
        }
        assertThat(Journey.open(journey.opener(clip.tracks()), sealed)).isEqualTo(clip.units());
        Journey.assertAuthentic(clip.tracks(), sealed);
    }

    @Test
    void refusesASliceWhoseParameterSetsItDoesNotKnow() throws Exception {
        Clips clip = Clips.small(Codec.H264);
        VideoUnit first = clip.units().getFirst();
        VideoUnit bare = first.withNalUnits(
                first.nalUnits().stream().filter(NalUnit::isSlice).toList());
        Track unknown = new Track(1, new VideoFormat(Codec.H264, 64, 48, List.of()));
        assertThatThrownBy(() -> journey.sealer(List.of(unknown)).seal(bare))
                .isInstanceOf(SealException.Refused.class)
                .hasMessageContaining("PPS");
    }

    @Test
    void refusesWhatIsSealedAlready() throws Exception {
        Clips clip = Clips.small(Codec.H264);
        List<AccessUnit> sealed = Journey.seal(journey.sealer(clip.tracks()), clip.units());
        assertThatThrownBy(() -> journey.sealer(clip.tracks()).seal(sealed.getFirst()))
                .isInstanceOf(SealException.Refused.class)
                .hasMessageContaining("sealed already");
    }

    /** Parameter sets beside the stream (MP4, SDP) come in front of every key picture. */
    @Test
    void putsParameterSetsInFrontOfKeyPicturesThatLackThem() throws Exception {
        Clips clip = Clips.small(Codec.H264);
        List<VideoUnit> bare = clip.units().stream()
                .map(unit -> unit.withNalUnits(unit.nalUnits().stream()
                        .filter(nal -> !nal.isParameterSet())
                        .toList()))
                .toList();
        List<AccessUnit> sealed = Journey.seal(journey.sealer(clip.tracks()), bare);
        Track beside = new Track(1, new VideoFormat(Codec.H264, 64, 48, List.of()));
        List<AccessUnit> opened = Journey.open(journey.opener(List.of(beside)), sealed);
        for (int i = 0; i < bare.size(); i++) {
            List<Integer> types = types(opened.get(i));
            assertThat(types.contains(7) && types.contains(8))
                    .isEqualTo(bare.get(i).isKey());
            assertThat(((VideoUnit) opened.get(i)).nalUnits())
                    .containsAll(bare.get(i).nalUnits());
        }
        Journey.assertAuthentic(List.of(beside), sealed);
    }

    /** Filler data stands behind the slices, where H.264 allows no SEI; it comes back to its place. */
    @Test
    void bringsFillerDataBackBehindTheSlices() throws Exception {
        Clips clip = Clips.small(Codec.H264);
        NalUnit filler = NalUnit.of(Codec.H264, Hex.bytes("0cffffffff80"));
        NalUnit longer = NalUnit.of(Codec.H264, Hex.bytes("0cffffffffffffff80"));
        NalUnit end = NalUnit.of(Codec.H264, Hex.bytes("0a"));
        List<VideoUnit> filled = clip.units().stream()
                .map(unit -> {
                    List<NalUnit> more = new ArrayList<>(unit.nalUnits());
                    more.addAll(List.of(filler, longer, end));
                    return unit.withNalUnits(more);
                })
                .toList();
        List<AccessUnit> sealed = Journey.seal(journey.sealer(clip.tracks()), filled);
        assertThat(types(sealed.get(1))).isEqualTo(List.of(9, 6, 6, 1, 1, 10));
        assertThat(Journey.open(journey.opener(clip.tracks()), sealed)).isEqualTo(filled);

        List<NalUnit> between = new ArrayList<>(clip.units().getFirst().nalUnits());
        between.add(between.size() - 1, filler);
        VideoUnit odd = clip.units().getFirst().withNalUnits(between);
        assertThatThrownBy(() -> journey.sealer(clip.tracks()).seal(odd)).isInstanceOf(SealException.Refused.class);
    }

    /** A clock set back by more than a second: a new run, so that times of a run never go back. */
    @Test
    void beginsANewRunWhenTheClockIsSetBack() throws Exception {
        Clips clip = Clips.letters("IPIPIP", PICTURE);
        List<VideoUnit> units = new ArrayList<>(clip.units());
        for (int i = 2; i < 6; i++) {
            VideoUnit unit = units.get(i);
            Duration back = i < 4 ? Duration.ofMillis(200) : Duration.ofHours(1);
            units.set(
                    i,
                    new VideoUnit(
                            1,
                            unit.nalUnits(),
                            unit.decodeTime(),
                            unit.presentationTime(),
                            unit.capturedAt().minus(back)));
        }
        List<AccessUnit> sealed = Journey.seal(journey.sealer(clip.tracks()), units);
        Manifest first = manifest(sealed.get(0)).orElseThrow();
        Manifest later = manifest(sealed.get(4)).orElseThrow();
        assertThat(manifest(sealed.get(2)).map(Manifest::run).orElse(first.run()))
                .isEqualTo(first.run());
        assertThat(later.run()).isNotEqualTo(first.run());
        assertThat(later.number()).isZero();
        assertThat(kinds((VideoUnit) sealed.get(4))).contains(SealedSei.Kind.SESSION_CERTIFICATE);
        assertThat(Journey.open(journey.opener(clip.tracks()), sealed)).isEqualTo(units);
    }

    @Test
    void renewsTheCertificateBeforeItsTimeIsOver() throws Exception {
        Clips clip = Clips.letters("IPIPIP", Duration.ofHours(6));
        List<AccessUnit> sealed = Journey.seal(journey.sealer(clip.tracks()), clip.units());
        List<byte[]> certificates = new ArrayList<>();
        for (AccessUnit unit : sealed) {
            bodies(unit, SealedSei.Kind.SESSION_CERTIFICATE).forEach(certificates::add);
        }
        assertThat(certificates.stream().map(Hex::text).distinct()).hasSize(3);
        assertThat(Journey.open(journey.opener(clip.tracks()), sealed)).isEqualTo(clip.units());
    }

    @Test
    void outlivesAnElementThatIsAwayForAWhile() throws Exception {
        Clips clip = Clips.letters("IPIPIP", Duration.ofHours(6));
        Sealer sealer = journey.sealer(clip.tracks());
        sealer.seal(clip.units().getFirst());
        journey.camera.breakDown();
        Journey.seal(sealer, clip.units().subList(1, 5));
        VideoUnit tooLate = clip.units().get(5);
        assertThatThrownBy(() -> sealer.seal(tooLate)).isInstanceOf(SealException.KeyFailed.class);
        journey.camera.mend();
        sealer.seal(tooLate);
    }

    @Test
    void saysSoWhenTheMediaKeyDoesNotSign() throws Exception {
        Clips clip = Clips.letters("IP", PICTURE);
        journey.camera.breakDown();
        Sealer sealer = journey.sealer(clip.tracks());
        assertThatThrownBy(() -> sealer.seal(clip.units().getFirst())).isInstanceOf(SealException.KeyFailed.class);
        journey.camera.mend();
        assertThat(Journey.seal(sealer, clip.units())).hasSize(2);
    }

    @Test
    void takesTheSuiteItIsToldOrTheFasterOne() throws Exception {
        Clips clip = Clips.letters("IP", PICTURE);
        SealerSettings auto = journey.settings().withSuite(SuiteChoice.AUTO);
        assertThat(journey.sealer(clip.tracks(), auto).suite()).isIn((Object[]) Suite.values());
        assertThat(journey.sealer(clip.tracks(), auto.withSuite(SuiteChoice.CHACHA20_POLY1305))
                        .suite())
                .isEqualTo(Suite.CHACHA20_POLY1305);
    }

    @Test
    void doesNotBeginWithBrokenRandomness() throws Exception {
        Clips clip = Clips.letters("IP", PICTURE);
        for (SecureRandom broken : List.of(new Broken(0), new Broken(3))) {
            assertThatThrownBy(() -> new Sealer(clip.tracks(), journey.settings(), journey.camera, broken))
                    .isInstanceOf(SealException.SelfTestFailed.class);
        }
        assertThat(new Sealer(clip.tracks(), journey.settings(), journey.camera, new SecureRandom()))
                .isNotNull();
    }

    @Test
    void everyEpochKeyAndPackageKeyIsNew() throws Exception {
        Clips clip = Clips.letters("IIIIIIII", Duration.ofSeconds(2));
        SealerSettings settings = journey.settings().withEpochLength(SECOND);
        List<AccessUnit> sealed = Journey.seal(journey.sealer(clip.tracks(), settings), clip.units());
        List<Object> commitments = new ArrayList<>();
        for (AccessUnit unit : sealed) {
            manifest(unit)
                    .ifPresent(manifest -> commitments.add(manifest.announced().commitment()));
        }
        assertThat(commitments).hasSize(8).doesNotHaveDuplicates();
        List<AccessUnit> again = Journey.seal(journey.sealer(clip.tracks(), settings), clip.units());
        assertThat(again).doesNotContainAnyElementsOf(sealed);
    }

    private static List<Integer> types(AccessUnit unit) {
        return ((VideoUnit) unit).nalUnits().stream().map(NalUnit::type).toList();
    }

    private static List<SealedSei.Kind> kinds(VideoUnit unit) throws Exception {
        List<SealedSei.Kind> kinds = new ArrayList<>();
        for (NalUnit nal : unit.nalUnits()) {
            SealedSei.find(nal).ifPresent(sei -> kinds.add(sei.kind()));
        }
        return kinds;
    }

    private static List<byte[]> bodies(AccessUnit unit, SealedSei.Kind kind) throws Exception {
        VideoFormat format = new VideoFormat(Codec.H264, 0, 0, List.of());
        return SealedUnit.parse(unit, format).ownSei(kind).stream()
                .map(SealedSei::body)
                .toList();
    }

    private static Optional<Manifest> manifest(AccessUnit unit) throws Exception {
        List<byte[]> bodies = bodies(unit, SealedSei.Kind.MANIFEST);
        return bodies.isEmpty()
                ? Optional.empty()
                : Optional.of(SignedManifest.parse(bodies.getFirst()).manifest());
    }

    private static List<Integer> secondsOf(List<AccessUnit> sealed, SealedSei.Kind kind) throws Exception {
        List<Integer> seconds = new ArrayList<>();
        for (AccessUnit unit : sealed) {
            if (!bodies(unit, kind).isEmpty()) {
                seconds.add((int) unit.decodeTime().toDuration().toSeconds());
            }
        }
        return seconds;
    }

    /** Gives few different bytes. */
    private static final class Broken extends SecureRandom {
        private static final long serialVersionUID = 1;

        private final int values;
        private int next;

        Broken(int values) {
            this.values = values;
        }

        @Override
        public void nextBytes(byte[] bytes) {
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = (byte) (values == 0 ? 0 : next++ * 7 % 11 % values);
            }
        }
    }
}
