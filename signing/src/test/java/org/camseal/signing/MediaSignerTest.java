package org.camseal.signing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.Signature;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.camseal.media.AccessUnit;
import org.camseal.media.AudioUnit;
import org.camseal.media.Codec;
import org.camseal.media.MediaTime;
import org.camseal.media.NalUnit;
import org.camseal.signing.SignerSettings.CertificatePlace;
import org.camseal.signing.SignerSettings.Detail;
import org.camseal.signing.SignerSettings.Groups;
import org.camseal.signing.SignerSettings.UncoveredPictures;
import org.camseal.signing.hashing.ParameterSetDigest;
import org.camseal.signing.wire.General;
import org.camseal.signing.wire.HashAlgorithm;
import org.camseal.signing.wire.OnvifTime;
import org.camseal.signing.wire.SigningSei;
import org.camseal.signing.wire.VendorInfo;
import org.junit.jupiter.api.Test;

/** What a signer puts where; the letters are explained in {@link Letters}. */
class MediaSignerTest {
    private static final SignerSettings DEFAULTS = SignerSettings.of(new VendorInfo("1.4.2", "CS-0042", "CamSeal"));

    private static List<NalUnit> sign(SignerSettings settings, String letters) throws SigningException {
        return Letters.sign(settings, TestKeys.ec256(), Letters.units(Codec.H264, letters));
    }

    private static String letters(SignerSettings settings, String letters) throws SigningException {
        return Letters.of(sign(settings, letters));
    }

    private static SignerSettings groups(int maxNalUnits, Duration maxLength, int perSignature) {
        return DEFAULTS.with(new Groups(maxNalUnits, maxLength, perSignature, 32_768));
    }

    @Test
    void theSeiOfAGroupStandsInTheUnitBehindTheNextKeyPicture() throws Exception {
        assertThat(letters(DEFAULTS, "IPPIPPIPP")).isEqualTo("IPPISPPISPPS");
        assertThat(letters(DEFAULTS, "VvIipPpzPIiPp")).isEqualTo("VVIipPpzPIiSPpS");
    }

    @Test
    void anUnsignedSeiIsHashedWhereItStands() throws Exception {
        List<NalUnit> signed = sign(groups(500, Duration.ofSeconds(2), 3), "IPPIPPIPPIPPIPP");
        assertThat(Letters.of(signed)).isEqualTo("IPPIsPPIsPPISPPIsPPS");
        assertThat(Letters.seis(signed).stream().map(MediaSignerTest::count)).containsExactly(3, 4, 4, 3, 4);
    }

    @Test
    void groupsThatAreTooShortShareASignature() throws Exception {
        SignerSettings apart = DEFAULTS.withSignaturesApart(Duration.ofMillis(200));
        // Groups end at 80, 160, 240, 320 and 400 ms.
        assertThat(letters(apart, "IPIPIPIPIPIP")).isEqualTo("IPISPIsPIsPISPIsPS");
        assertThat(letters(DEFAULTS, "IPIPIPIPIPIP")).as("control").isEqualTo("IPISPISPISPISPISPS");
    }

    @Test
    void aLongGroupIsSignedInParts() throws Exception {
        List<NalUnit> signed = sign(groups(4, Duration.ofSeconds(2), 1), "IPPPPPPPPIPP");
        assertThat(Letters.of(signed)).isEqualTo("IPPPPSPPPPSISPPS");
        assertThat(Letters.seis(signed).stream().map(sei -> general(sei).partial()))
                .containsExactly(true, true, false, true);
    }

    @Test
    void aSlowGroupIsSignedInPartsOfTheTimeSet() throws Exception {
        String long120 = "I" + "P".repeat(120);
        List<NalUnit> signed = sign(DEFAULTS, long120);
        List<SigningSei> seis = Letters.seis(signed);
        assertThat(seis.stream().map(MediaSignerTest::count)).containsExactly(50, 50, 21);
        assertThat(general(seis.get(1)).start()).isEqualTo(OnvifTime.of(Letters.START.plusSeconds(2)));
    }

    @Test
    void aPictureOfManySlicesIsNotDivided() throws Exception {
        String big = "P" + "p".repeat(9);
        List<NalUnit> signed = sign(groups(8, Duration.ofSeconds(2), 1), "I" + big + "PP" + big);
        assertThat(Letters.seis(signed).stream().map(MediaSignerTest::count)).containsExactly(1, 10, 2, 10);
    }

    @Test
    void everyNalUnitIsInExactlyOneGroupAndTheLinksHold() throws Exception {
        List<NalUnit> signed = sign(groups(5, Duration.ofSeconds(2), 1), "VIPpPPPPIPPIPPP");
        List<SigningSei> seis = Letters.seis(signed);
        long slices = signed.stream().filter(NalUnit::isSlice).count();
        assertThat(seis.stream().mapToInt(MediaSignerTest::count).sum()).isEqualTo((int) slices);
        assertThat(general(seis.getFirst()).linkedHash().isZero()).isTrue();
        for (int i = 0; i < seis.size(); i++) {
            General general = general(seis.get(i));
            assertThat(general.counter()).isEqualTo(i + 1);
            assertThat(seis.get(i).content().hashList().orElseThrow().hash(HashAlgorithm.SHA_256))
                    .isEqualTo(general.groupHash());
            assertThat(general.start().compareTo(general.end().orElseThrow())).isNegative();
            if (i > 0) {
                General before = general(seis.get(i - 1));
                assertThat(general.start()).isEqualTo(before.end().orElseThrow());
                assertThat(general.linkedHash())
                        .isEqualTo(seis.get(i - 1)
                                .content()
                                .hashList()
                                .orElseThrow()
                                .get(0));
            }
        }
    }

    @Test
    void theSignatureIsOverTheDocument() throws Exception {
        for (SigningSei sei : Letters.seis(sign(DEFAULTS, "IPPIPP"))) {
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initVerify(sei.content().certificates().getFirst().chain().getFirst());
            byte[] document = sei.document();
            signature.update(document);
            byte[] bytes = sei.signature().orElseThrow().bytes();
            assertThat(signature.verify(bytes)).isTrue();
            document[document.length - 1] ^= 1;
            signature.update(document);
            assertThat(signature.verify(bytes)).as("of an altered document").isFalse();
        }
    }

    @Test
    void lowBitrateHasNoHashListNorHasAnSeiThatWouldBeTooLong() throws Exception {
        assertThat(Letters.seis(sign(DEFAULTS.with(Detail.LOW_BITRATE), "IPPIPP")))
                .allMatch(sei -> sei.content().hashList().isEmpty());
        String longFirst = "I" + "P".repeat(45) + "IPP";
        SignerSettings limited = DEFAULTS.with(new Groups(500, Duration.ofSeconds(2), 1, 2_000));
        assertThat(Letters.seis(sign(limited, longFirst)).stream()
                        .map(sei -> sei.content().hashList().isPresent()))
                .containsExactly(false, true);
    }

    @Test
    void aCertificateSeiComesFirstAndOnDemand() throws Exception {
        SignerSettings settings = DEFAULTS.with(CertificatePlace.CERTIFICATE_SEI);
        MediaSigner signer =
                new MediaSigner(Letters.track(Codec.H265), settings, TestKeys.ec256(), Runnable::run, () -> 0);
        List<SignedUnit> signed = new ArrayList<>();
        List<AccessUnit> units = Letters.units(Codec.H265, "IPPIPPP");
        for (AccessUnit unit : units) {
            if (unit == units.get(4)) {
                signer.repeatCertificate();
            }
            signed.add(signer.sign(unit));
        }
        signer.end().ifPresent(signed::add);
        List<NalUnit> nalUnits = Letters.nalUnits(signed);
        assertThat(Letters.of(nalUnits)).isEqualTo("ICPPISPCPPS");
        List<SigningSei> seis = Letters.seis(nalUnits);
        assertThat(seis.get(0).content().certificates()).hasSize(1);
        assertThat(seis.get(1).content().certificates()).isEmpty();
        assertThat(general(seis.get(1)).counter())
                .as("certificate SEI do not count")
                .isEqualTo(1);
    }

    @Test
    void theFirmwareVersionBindsTheParameterSetsOfTheGroup() throws Exception {
        List<NalUnit> signed = sign(DEFAULTS, "VvIPPIPPVvIPPvPP");
        List<String> digests = Letters.seis(signed).stream()
                .map(sei -> sei.content().vendorInfo().orElseThrow().firmwareVersion())
                .peek(version -> assertThat(version).startsWith("1.4.2;ps="))
                .map(version -> ParameterSetDigest.in(version).orElseThrow())
                .toList();
        assertThat(digests).hasSize(3);
        assertThat(digests.get(1)).as("no new sets").isEqualTo(digests.get(0));
        assertThat(digests.get(2)).as("new sets in front of the last group").isNotEqualTo(digests.get(0));
        ParameterSetDigest own = new ParameterSetDigest(HashAlgorithm.SHA_256, List.of(signed.get(1), signed.get(0)));
        assertThat(digests.get(0)).isEqualTo(own.hex());
    }

    @Test
    void aStreamThatIsCutAtItsKeyPictureIsWhole() throws Exception {
        assertThat(letters(DEFAULTS, "I")).isEqualTo("IS");
        MediaSigner signer =
                new MediaSigner(Letters.track(Codec.H264), DEFAULTS, TestKeys.ec256(), Runnable::run, () -> 0);
        assertThat(signer.end()).as("nothing was signed").isEmpty();
        assertThatThrownBy(() -> signer.sign(Letters.units(Codec.H264, "I").getFirst()))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void refusesWhatItCannotSign() throws Exception {
        assertThatThrownBy(() -> sign(DEFAULTS, "PIP")).isInstanceOf(SigningException.NotStarted.class);
        assertThatThrownBy(() -> sign(DEFAULTS, "IPTP")).isInstanceOf(SigningException.Refused.class);
        assertThat(letters(DEFAULTS.with(UncoveredPictures.PASS_UNSIGNED), "IPTP"))
                .isEqualTo("IPTPS");
        List<NalUnit> signed = sign(DEFAULTS, "IPPIP");
        assertThatThrownBy(() -> Letters.sign(DEFAULTS, TestKeys.ec256(), Letters.pictures(signed)))
                .isInstanceOf(SigningException.AlreadySigned.class);
    }

    @Test
    void soundPassesAsItIs() throws Exception {
        MediaSigner signer =
                new MediaSigner(Letters.track(Codec.H264), DEFAULTS, TestKeys.ec256(), Runnable::run, () -> 0);
        AudioUnit audio = new AudioUnit(2, new byte[] {1, 2}, new MediaTime(0, 8000), 2, Letters.START);
        assertThat(signer.sign(audio).unit()).isSameAs(audio);
    }

    private static General general(SigningSei sei) {
        return sei.content().general().orElseThrow();
    }

    private static int count(SigningSei sei) {
        return general(sei).hashCount();
    }
}
