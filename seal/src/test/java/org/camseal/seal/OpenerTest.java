package org.camseal.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.KeyPair;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.camseal.manifest.EpochId;
import org.camseal.manifest.SealedSei;
import org.camseal.manifest.StreamId;
import org.camseal.media.AccessUnit;
import org.camseal.media.Codec;
import org.camseal.media.NalUnit;
import org.camseal.media.Sei;
import org.camseal.media.Track;
import org.camseal.media.VideoUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OpenerTest {
    private final Journey journey = new Journey();
    private Clips clip = new Clips(List.of(), List.of());
    private List<AccessUnit> sealed = List.of();

    @BeforeEach
    void seal() throws Exception {
        clip = Clips.letters(("I" + "P".repeat(4)).repeat(4), Duration.ofMillis(500));
        sealed = Journey.seal(journey.sealer(clip.tracks()), clip.units());
    }

    @Test
    void opensForWhoHoldsAGrantAndForNobodyElse() throws Exception {
        assertThat(Journey.open(journey.opener(clip.tracks()), sealed)).isEqualTo(clip.units());
        KeyPair stranger = TestCamera.ecPair("secp256r1");
        assertThat(Journey.obstacles(journey.opener(clip.tracks(), stranger), sealed))
                .containsOnly(Opening.Obstacle.NO_GRANT_FOR_US);
        Opener without = new Opener(clip.tracks(), List.of(), journey.camera::signed);
        assertThat(Journey.obstacles(without, sealed)).containsOnly(Opening.Obstacle.NO_GRANT_FOR_US);
    }

    @Test
    void opensUnderAnAcceptedSignerAlone() throws Exception {
        RecipientKey key = key(journey.viewer);
        Opener distrustful = new Opener(clip.tracks(), List.of(key), signer -> false);
        assertThat(Journey.obstacles(distrustful, sealed)).containsOnly(Opening.Obstacle.SIGNER_NOT_ACCEPTED);
    }

    /** Who joins late waits for certificate, manifest and grants, and then for a key picture. */
    @Test
    void opensFromTheMiddleOn() throws Exception {
        List<AccessUnit> late = sealed.subList(2, sealed.size());
        List<Opening.Obstacle> obstacles = Journey.obstacles(journey.opener(clip.tracks()), late);
        assertThat(obstacles.subList(0, 3))
                .containsOnly(Opening.Obstacle.NO_MANIFEST_YET, Opening.Obstacle.NO_CERTIFICATE_YET);
        // The next certificate comes at 5 s, with a key picture.
        assertThat(obstacles.subList(0, 8)).doesNotContainNull();
        assertThat(obstacles.subList(8, obstacles.size())).containsOnlyNulls();

        Opener prepared = journey.opener(clip.tracks());
        sealed.forEach(prepared::learn);
        obstacles = Journey.obstacles(prepared, late);
        // The manifest at 2 s stands in a picture that no decoder can begin with.
        assertThat(obstacles.subList(0, 3)).doesNotContainNull();
        assertThat(obstacles.subList(3, obstacles.size())).containsOnlyNulls();
    }

    @Test
    void saysWhatIsMissing() throws Exception {
        assertThat(Journey.obstacles(journey.opener(clip.tracks()), without(SealedSei.Kind.GRANTS)))
                .containsOnly(Opening.Obstacle.NO_GRANT_YET);
        assertThat(Journey.obstacles(journey.opener(clip.tracks()), without(SealedSei.Kind.MANIFEST)))
                .containsOnly(Opening.Obstacle.NO_MANIFEST_YET);
        assertThat(Journey.obstacles(journey.opener(clip.tracks()), without(SealedSei.Kind.SESSION_CERTIFICATE)))
                .containsOnly(Opening.Obstacle.NO_CERTIFICATE_YET);
        assertThat(Journey.obstacles(journey.opener(clip.tracks()), clip.units()))
                .containsOnly(Opening.Obstacle.NOT_SEALED);
    }

    /** Somebody puts grants of their own into the stream, to show a viewer another video: the camera did not commit to that key. */
    @Test
    void refusesAGrantOfAKeyThatTheCameraDidNotCommitTo() throws Exception {
        EpochId epoch = epoch();
        EpochKey foreign = EpochKey.generate(Journey.STREAM, epoch, journey.random);
        Grant grant = Grant.make(foreign, Recipient.of(journey.viewer.getPublic()), journey.random);
        byte[] forged = new Grants(epoch, List.of(grant)).encode();
        assertThat(Journey.obstacles(journey.opener(clip.tracks()), replace(SealedSei.Kind.GRANTS, body -> forged)))
                .containsOnly(Opening.Obstacle.COMMITMENT_MISMATCH);
    }

    /** A grant taken from another camera's stream does not open, though the key is right and the recipient too. */
    @Test
    void refusesAGrantOfAnotherCamera() throws Exception {
        EpochId epoch = epoch();
        EpochKey own = openKey();
        EpochKey elsewhere = EpochKey.of(new StreamId("CAM-0002", "main"), epoch, own.secret());
        Grant grant = Grant.make(elsewhere, Recipient.of(journey.viewer.getPublic()), journey.random);
        byte[] moved = new Grants(epoch, List.of(grant)).encode();
        assertThat(Journey.obstacles(journey.opener(clip.tracks()), replace(SealedSei.Kind.GRANTS, body -> moved)))
                .containsOnly(Opening.Obstacle.GRANT_REFUSED);
        Grant right = Grant.make(own, Recipient.of(journey.viewer.getPublic()), journey.random);
        byte[] same = new Grants(epoch, List.of(right)).encode();
        assertThat(Journey.obstacles(journey.opener(clip.tracks()), replace(SealedSei.Kind.GRANTS, body -> same)))
                .containsOnlyNulls();
    }

    @Test
    void goesOnWhenGoodGrantsFollowBadOnes() throws Exception {
        byte[] garbage = {1, 2, 3};
        List<AccessUnit> mixed = new ArrayList<>(replace(SealedSei.Kind.GRANTS, body -> garbage));
        mixed.set(10, sealed.get(10));
        List<Opening.Obstacle> obstacles = Journey.obstacles(journey.opener(clip.tracks()), mixed);
        assertThat(obstacles.subList(0, 10)).containsOnly(Opening.Obstacle.NO_GRANT_YET);
        assertThat(obstacles.subList(10, 20)).containsOnlyNulls();
    }

    @Test
    void takesGrantsFromBesideTheRecording() throws Exception {
        KeyPair investigator = TestCamera.rsaPair(2048);
        Opener first = journey.opener(clip.tracks());
        Journey.open(first, sealed);
        List<Grants> beside = first.grantTo(Recipient.of(investigator.getPublic()), journey.random);
        assertThat(beside).hasSize(1);

        Opener second = journey.opener(clip.tracks(), investigator);
        second.learn(Grants.parse(beside.getFirst().encode()));
        KeyPair another = TestCamera.ecPair("secp256r1");
        first.grantTo(Recipient.of(another.getPublic()), journey.random).forEach(second::learn);
        assertThat(Journey.open(second, sealed)).isEqualTo(clip.units());
    }

    @Test
    void saysSoWhenTheTokenIsGoneAndGoesOnWhenItIsBack() throws Exception {
        Token token = new Token(journey.viewer);
        Opener opener = new Opener(clip.tracks(), List.of(token), journey.camera::signed);
        token.present = false;
        assertThat(Journey.obstacles(opener, sealed.subList(0, 5))).containsOnly(Opening.Obstacle.KEY_FAILED);
        token.present = true;
        List<Opening.Obstacle> later = Journey.obstacles(opener, sealed.subList(5, 20));
        assertThat(later).endsWith((Opening.Obstacle) null);
    }

    /** Each bit of a sealed slice, header included: the unit does not open, and the next one does. */
    @Test
    void opensNothingOfAnAlteredPicture() throws Exception {
        VideoUnit unit = (VideoUnit) sealed.get(1);
        int slice = unit.nalUnits().size() - 1;
        byte[] good = unit.nalUnits().get(slice).bytes();
        for (int bit = 8; bit < 8 * good.length; bit++) {
            byte[] bad = good.clone();
            bad[bit / 8] ^= (byte) (1 << bit % 8);
            List<NalUnit> nalUnits = new ArrayList<>(unit.nalUnits());
            nalUnits.set(slice, NalUnit.of(Codec.H264, bad));
            Opener opener = journey.opener(clip.tracks());
            List<Opening.Obstacle> obstacles =
                    Journey.obstacles(opener, List.of(sealed.get(0), unit.withNalUnits(nalUnits), sealed.get(2)));
            assertThat(obstacles.get(0)).isNull();
            assertThat(obstacles.get(1)).as("bit %d", bit).isIn(Opening.Obstacle.ALTERED, Opening.Obstacle.NOT_SEALED);
            assertThat(obstacles.get(2)).isNull();
        }
    }

    @Test
    void opensNothingOfAPictureThatLostASliceByte() throws Exception {
        VideoUnit unit = (VideoUnit) sealed.get(1);
        int slice = unit.nalUnits().size() - 1;
        byte[] good = unit.nalUnits().get(slice).bytes();
        Opener opener = journey.opener(clip.tracks());
        opener.open(sealed.get(0));
        for (int length = 1; length < good.length; length++) {
            List<NalUnit> nalUnits = new ArrayList<>(unit.nalUnits());
            nalUnits.set(slice, NalUnit.of(Codec.H264, Arrays.copyOf(good, length)));
            assertThat(opener.open(unit.withNalUnits(nalUnits))).isInstanceOf(Opening.NotOpened.class);
        }
    }

    /** Carriers may add SEI and filler data, and so may somebody who wants to be believed: they do not come out. */
    @Test
    void dropsClearSeiAndFillerDataThatNoSealerSent() throws Exception {
        NalUnit sei = Sei.userDataUnregistered(Codec.H264, new UUID(1, 2), new byte[] {3});
        NalUnit filler = NalUnit.of(Codec.H264, Hex.bytes("0cffff80"));
        List<AccessUnit> padded = new ArrayList<>();
        for (AccessUnit unit : sealed) {
            List<NalUnit> nalUnits = new ArrayList<>(((VideoUnit) unit).nalUnits());
            nalUnits.add(1, sei);
            nalUnits.add(filler);
            padded.add(((VideoUnit) unit).withNalUnits(nalUnits));
        }
        assertThat(Journey.open(journey.opener(clip.tracks()), padded)).isEqualTo(clip.units());
    }

    /** A package is bound to its track, not to its place among the pictures: order is the manifest's affair. */
    @Test
    void doesNotOpenAPackageInAnotherEpoch() throws Exception {
        SealerSettings settings = journey.settings().withEpochLength(Duration.ofSeconds(2));
        List<AccessUnit> epochs = Journey.seal(journey.sealer(clip.tracks(), settings), clip.units());
        List<AccessUnit> moved = new ArrayList<>(epochs);
        Collections.swap(moved, 2, 7);
        List<Opening.Obstacle> obstacles = Journey.obstacles(journey.opener(clip.tracks()), moved);
        assertThat(obstacles.get(2)).isEqualTo(Opening.Obstacle.ALTERED);
        assertThat(obstacles.get(7)).isEqualTo(Opening.Obstacle.ALTERED);
        assertThat(Journey.open(journey.opener(clip.tracks()), epochs)).isEqualTo(clip.units());
    }

    /** The recordings of two runs, one behind the other. */
    @Test
    void followsIntoAnotherRun() throws Exception {
        List<AccessUnit> again = Journey.seal(journey.sealer(clip.tracks()), clip.units());
        List<AccessUnit> both = new ArrayList<>(sealed);
        both.addAll(again);
        assertThat(Journey.obstacles(journey.opener(clip.tracks()), both)).containsOnlyNulls();
    }

    /** Garbage in any place of any kind of own SEI ends in an answer. */
    @ParameterizedTest
    @EnumSource(SealedSei.Kind.class)
    void answersWhateverTheSeiSay(SealedSei.Kind kind) throws Exception {
        Random dice = new Random(17);
        for (int round = 0; round < 15; round++) {
            List<AccessUnit> altered = replace(kind, body -> {
                byte[] bad = Arrays.copyOf(body, dice.nextInt(body.length + 10));
                for (int i = 0; i < 3 && bad.length > 0; i++) {
                    bad[dice.nextInt(bad.length)] = (byte) dice.nextInt();
                }
                return bad;
            });
            Opener opener = journey.opener(clip.tracks());
            altered.forEach(opener::learn);
            assertThat(Journey.obstacles(opener, altered)).hasSize(20);
        }
    }

    @Test
    void knowsItsTracks() throws Exception {
        Track other = new Track(2, clip.tracks().getFirst().format());
        Opener opener = journey.opener(List.of(other));
        assertThatThrownBy(() -> opener.open(sealed.getFirst())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> journey.opener(List.of())).isInstanceOf(IllegalArgumentException.class);
    }

    private EpochId epoch() throws Exception {
        return openKey().epoch();
    }

    private EpochKey openKey() throws Exception {
        for (NalUnit nal : ((VideoUnit) sealed.getFirst()).nalUnits()) {
            Optional<SealedSei> sei = SealedSei.find(nal);
            if (sei.isPresent() && sei.get().kind() == SealedSei.Kind.GRANTS) {
                return Grants.parse(sei.get().body())
                        .open(Journey.STREAM, List.of(key(journey.viewer)))
                        .orElseThrow();
            }
        }
        throw new IllegalStateException("no grants");
    }

    private static RecipientKey key(KeyPair pair) throws SealException {
        return RecipientKey.of(pair.getPrivate(), pair.getPublic());
    }

    private List<AccessUnit> without(SealedSei.Kind kind) throws Exception {
        List<AccessUnit> out = new ArrayList<>();
        for (AccessUnit unit : sealed) {
            VideoUnit video = (VideoUnit) unit;
            List<NalUnit> kept = new ArrayList<>();
            for (NalUnit nal : video.nalUnits()) {
                if (SealedSei.find(nal).filter(sei -> sei.kind() == kind).isEmpty()) {
                    kept.add(nal);
                }
            }
            out.add(video.withNalUnits(kept));
        }
        return out;
    }

    private List<AccessUnit> replace(SealedSei.Kind kind, UnaryOperator<byte[]> change) throws Exception {
        List<AccessUnit> out = new ArrayList<>();
        for (AccessUnit unit : sealed) {
            VideoUnit video = (VideoUnit) unit;
            List<NalUnit> nalUnits = new ArrayList<>();
            for (NalUnit nal : video.nalUnits()) {
                Optional<SealedSei> sei = SealedSei.find(nal);
                nalUnits.add(
                        sei.isPresent() && sei.get().kind() == kind
                                ? SealedSei.of(kind, change.apply(sei.get().body()))
                                        .toNalUnit(Codec.H264)
                                : nal);
            }
            out.add(video.withNalUnits(nalUnits));
        }
        return out;
    }

    /** A key in a token that can be pulled out. */
    private static final class Token implements RecipientKey {
        private final KeyPair pair;
        private boolean present = true;

        Token(KeyPair pair) {
            this.pair = pair;
        }

        @Override
        public PublicKey publicKey() {
            return pair.getPublic();
        }

        @Override
        public byte[] agree(ECPublicKey peer) throws SealException.KeyFailed {
            if (!present) {
                throw new SealException.KeyFailed("the token was removed");
            }
            return Hpke.Party.of(pair).agreement().agree(peer);
        }

        @Override
        public Optional<byte[]> unwrapRsa(byte[] ciphertext, byte[] label) throws SealException.KeyFailed {
            throw new SealException.KeyFailed("an EC key");
        }
    }
}
