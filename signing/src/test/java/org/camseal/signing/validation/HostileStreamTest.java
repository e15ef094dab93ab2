package org.camseal.signing.validation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.camseal.media.Codec;
import org.camseal.media.NalUnit;
import org.camseal.media.Sei;
import org.camseal.signing.KeyKind;
import org.camseal.signing.Letters;
import org.camseal.signing.SignerSettings;
import org.camseal.signing.SigningKey;
import org.camseal.signing.TestKeys;
import org.camseal.signing.wire.Certificates;
import org.camseal.signing.wire.CryptoInfo;
import org.camseal.signing.wire.Digest;
import org.camseal.signing.wire.General;
import org.camseal.signing.wire.HashAlgorithm;
import org.camseal.signing.wire.HashList;
import org.camseal.signing.wire.OnvifTime;
import org.camseal.signing.wire.SeiContent;
import org.camseal.signing.wire.SigningSeiReader;
import org.camseal.signing.wire.SigningSeiWriter;
import org.camseal.signing.wire.VendorInfo;
import org.junit.jupiter.api.Test;

/** Streams made to deceive or to exhaust: each has its verdict, in bounded time and memory, and none is authentic. */
class HostileStreamTest {
    private static final String FILM = "VvIPPPIPPPIPPP";

    private static List<NalUnit> signed(SigningKey key, String film) throws Exception {
        return Letters.sign(
                SignerSettings.of(new VendorInfo("1.0", "CS-0042", "Test")), key, Letters.units(Codec.H264, film));
    }

    private static NalUnit sei(General general, Optional<HashList> list, String pem, SigningKey key) throws Exception {
        SeiContent content = new SeiContent(
                Optional.of(general),
                list,
                Optional.of(CryptoInfo.of(HashAlgorithm.SHA_256)),
                Optional.empty(),
                List.of(new Certificates(false, pem)),
                Optional.empty());
        SigningSeiWriter.Draft draft = SigningSeiWriter.draft(Codec.H264, false, content, 104);
        return draft.complete(key.sign(draft.document()));
    }

    private static General general(long counter, int count) {
        Digest zero = Digest.zero(HashAlgorithm.SHA_256);
        OnvifTime time = OnvifTime.of(Letters.START);
        return new General(
                2, General.SpecificationVersion.WRITTEN, false, time, Optional.of(time), counter, count, zero, zero);
    }

    @Test
    void twoCamerasPutTogether() throws Exception {
        List<NalUnit> first = signed(TestKeys.ec256(), FILM);
        List<NalUnit> second = signed(TestKeys.of(KeyKind.ECDSA_P384, HashAlgorithm.SHA_256), FILM + "IPP");
        List<NalUnit> both = new ArrayList<>(first);
        both.addAll(second);

        Judged judged = Judged.of(both);

        assertThat(judged.worst()).isEqualTo("forged KEY_CHANGED");
        assertThat(judged.report().signers()).hasSize(2);
    }

    @Test
    void oneSessionBehindAnotherOfTheSameKeyIsNotOneRecording() throws Exception {
        List<NalUnit> both = new ArrayList<>(signed(TestKeys.ec256(), FILM));
        both.addAll(signed(TestKeys.ec256(), FILM + "IPP"));

        assertThat(Judged.of(both).worst()).isEqualTo("incomplete SESSION_RESTARTED");
    }

    @Test
    void groupsOfTwoSessionsPutTogetherDoNotLink() throws Exception {
        List<NalUnit> first = signed(TestKeys.ec256(), FILM);
        List<NalUnit> second = signed(TestKeys.ec256(), FILM + "IPP");
        List<NalUnit> spliced = new ArrayList<>(Tampering.of(first, "P6]"));
        // Each group has its own SEI, the counters run on, every signature is good.
        spliced.add(Tampering.of(second, "[I3").getFirst());
        spliced.add(Tampering.of(first, "[S2").getFirst());
        spliced.addAll(Tampering.of(second, "[P7"));

        assertThat(Judged.of(spliced).groups())
                .flatExtracting(SignedGroupReport::findings)
                .extracting(SigningVerdict::reason)
                .contains(SigningReason.LINK_BROKEN);
        assertThat(Judged.of(spliced).report().overall().orElseThrow().severity())
                .isEqualTo(3);
    }

    @Test
    void signaturesOfOtherVideo() throws Exception {
        List<NalUnit> film = signed(TestKeys.ec256(), "VvIPPPIPPPIPPPIPPPIPPP");
        List<NalUnit> other = Letters.nalUnits(Codec.H264, "VvIPPPIPPPIPPPIPPPIPPPz");
        List<NalUnit> mixed = new ArrayList<>();
        int next = 0;
        for (NalUnit nal : film) {
            mixed.add(nal.isSei() ? nal : other.get(next++));
        }

        assertThat(Judged.of(mixed).worst()).startsWith("forged OTHER_VIDEO");
    }

    @Test
    void picturesThatNoSignatureCoversAreSaid() throws Exception {
        List<NalUnit> film = new ArrayList<>(signed(TestKeys.ec256(), FILM));
        film.add(5, Letters.nalUnits(Codec.H264, "T").getFirst());

        assertThat(Judged.of(film).worst()).isEqualTo("unsigned UNCOVERED_SLICE");
    }

    @Test
    void otherParameterSetsThanTheSignerStates() throws Exception {
        List<NalUnit> film = new ArrayList<>(signed(TestKeys.ec256(), FILM));
        film.set(0, Tampering.altered(film.getFirst()));
        List<NalUnit> lost = signed(TestKeys.ec256(), FILM);

        assertThat(Judged.of(film).worst()).isEqualTo("forged PARAMETER_SETS_DIFFER");
        assertThat(Judged.of(lost.subList(1, lost.size())).worst()).isEqualTo("incomplete PARAMETER_SETS_LOST");
    }

    @Test
    void axisVideoIsNotCalledUnsigned() {
        List<NalUnit> film = new ArrayList<>(Letters.nalUnits(Codec.H264, FILM));
        film.add(3, Sei.userDataUnregistered(Codec.H264, SigningSeiReader.AXIS_UUID, new byte[40]));

        assertThat(Judged.of(film).worst()).isEqualTo("incomplete AXIS_FORMAT");
    }

    @Test
    void bombsOfCertificatesAndListsAreBounded() throws Exception {
        SigningKey key = TestKeys.ec256();
        String one = Certificates.of(false, key.chain()).pem();
        List<String> bombs = List.of(
                one.repeat(5),
                "-----BEGIN CERTIFICATE-----\n".repeat(2000),
                "A".repeat(60_000),
                "-----BEGIN CERTIFICATE-----\n" + "AAAA\n".repeat(10_000) + "-----END CERTIFICATE-----\n");
        for (String bomb : bombs) {
            List<NalUnit> film = new ArrayList<>(Letters.nalUnits(Codec.H264, FILM));
            film.add(6, sei(general(1, 4), Optional.empty(), bomb, key));
            assertThat(Judged.of(film).worst()).startsWith("incomplete KEY_UNKNOWN");
        }
        byte[] same = new byte[32 * 2000];
        List<NalUnit> film = new ArrayList<>(Letters.nalUnits(Codec.H264, FILM));
        for (int i = 1; i <= 40; i++) {
            film.add(sei(general(i, 65_535), Optional.of(HashList.of(same, 32)), one, key));
        }
        assertThat(Judged.of(film).report().overall().orElseThrow().severity()).isPositive();
    }

    @Test
    void aCertificateWithoutItsKeyVouchesForNothing() throws Exception {
        String shown = Certificates.of(false, TestKeys.ec256().chain()).pem();
        SigningKey other = TestKeys.of(KeyKind.ECDSA_P384, HashAlgorithm.SHA_256);
        List<NalUnit> film = new ArrayList<>(Letters.nalUnits(Codec.H264, FILM));
        film.add(6, sei(general(1, 4), Optional.empty(), shown, other));

        Judged judged = Judged.of(film);

        assertThat(judged.worst()).startsWith("forged BAD_SIGNATURE");
        assertThat(judged.report().signers()).isEmpty();
    }

    @Test
    void manyUnitsWithoutASignatureAreBoundedAndNotForgotten() {
        List<NalUnit> film = new ArrayList<>();
        for (NalUnit nal : Letters.nalUnits(Codec.H264, "I" + "P".repeat(400))) {
            film.addAll(Collections.nCopies(3, nal));
        }
        Judged judged = Judged.of(film, new ValidatorSettings(64, 1000, true, Runnable::run));

        assertThat(judged.worst()).isEqualTo("unsigned NOT_SIGNED");
        assertThat(judged.groups().stream()
                        .mapToLong(SignedGroupReport::unsigned)
                        .sum())
                .isEqualTo(1203);
    }

    @Test
    void noiseIsJudgedAndNeverThrown() throws Exception {
        List<NalUnit> film = signed(TestKeys.ec256(), FILM);
        Random random = new Random(7);
        for (int round = 0; round < 150; round++) {
            List<NalUnit> noisy = new ArrayList<>(film);
            int at = random.nextInt(noisy.size());
            byte[] bytes = noisy.get(at).bytes().clone();
            bytes = random.nextBoolean() ? Arrays.copyOf(bytes, 2 + random.nextInt(bytes.length)) : bytes;
            bytes[1 + random.nextInt(bytes.length - 1)] ^= (byte) (1 << random.nextInt(8));
            noisy.set(at, NalUnit.of(Codec.H264, bytes));

            SigningReport report = Judged.of(noisy).report();
            boolean changed = report.overall().orElseThrow().severity() > 0;
            boolean tail = report.openTail().isPresent(); // the last SEI is none any more
            // The filling of the signature's field and the stop byte behind it are the only bytes of an SEI that
            // nothing covers.
            byte[] before = film.get(at).bytes();
            boolean filling = film.get(at).isSei() && Arrays.mismatch(before, bytes) >= before.length - 4;
            assertThat(changed || tail || filling)
                    .as("round %d, unit %d", round, at)
                    .isTrue();
        }
    }

    @Test
    void everySignatureAlgorithmIsChecked() throws Exception {
        for (KeyKind kind : List.of(KeyKind.ECDSA_P256, KeyKind.ECDSA_P384, KeyKind.RSA_2048)) {
            for (HashAlgorithm hash : HashAlgorithm.values()) {
                List<NalUnit> film = signed(TestKeys.of(kind, hash), FILM);
                assertThat(Judged.of(film).worst()).as(kind + " " + hash).isEqualTo("authentic COMPLETE");
                assertThat(Judged.of(Tampering.of(film, "~S1")).worst()).startsWith("forged");
            }
        }
    }
}
