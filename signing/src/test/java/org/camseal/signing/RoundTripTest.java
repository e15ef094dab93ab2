package org.camseal.signing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import org.camseal.media.AccessUnit;
import org.camseal.media.Codec;
import org.camseal.media.NalUnit;
import org.camseal.media.VideoFormat;
import org.camseal.media.VideoUnit;
import org.camseal.signing.SignerSettings.Detail;
import org.camseal.signing.hashing.NalClass;
import org.camseal.signing.validation.MediaValidator;
import org.camseal.signing.validation.SigningReport;
import org.camseal.signing.validation.SigningVerdict;
import org.camseal.signing.validation.ValidatorSettings;
import org.camseal.signing.wire.HashAlgorithm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the signer writes the validator believes, and nothing else. */
class RoundTripTest {
    private static final List<SigningAlgorithm> ALGORITHMS = List.of(
            new SigningAlgorithm(KeyKind.ECDSA_P256, HashAlgorithm.SHA_256),
            new SigningAlgorithm(KeyKind.ECDSA_P256, HashAlgorithm.SHA_512),
            new SigningAlgorithm(KeyKind.ECDSA_P384, HashAlgorithm.SHA_384),
            new SigningAlgorithm(KeyKind.RSA_2048, HashAlgorithm.SHA_256));

    private static SigningReport judge(Codec codec, List<NalUnit> nalUnits) {
        MediaValidator validator = new MediaValidator(
                (VideoFormat) Letters.track(codec).format(), ValidatorSettings.DEFAULT.withoutContainerClock());
        for (AccessUnit unit : Letters.pictures(nalUnits)) {
            validator.accept((VideoUnit) unit);
        }
        validator.finish();
        return validator.report();
    }

    private static boolean isAuthentic(SigningReport report) {
        return report.overall().orElseThrow() instanceof SigningVerdict.Authentic
                && report.openTail().isEmpty();
    }

    @ParameterizedTest
    @EnumSource(SignedClips.Grouping.class)
    void allCombinationsAreAuthentic(SignedClips.Grouping grouping) throws Exception {
        for (Codec codec : List.of(Codec.H264, Codec.H265)) {
            for (Detail detail : Detail.values()) {
                for (SigningAlgorithm algorithm : ALGORITHMS) {
                    List<NalUnit> signed = SignedClips.sign(
                            codec,
                            SignedClips.settings(detail, grouping),
                            TestKeys.of(algorithm.kind(), algorithm.hash()));
                    SigningReport report = judge(codec, signed);
                    assertThat(isAuthentic(report))
                            .as(codec + " " + detail + " " + algorithm + ": " + report)
                            .isTrue();
                    assertThat(report.remarks()).isEmpty();
                }
            }
        }
    }

    /** Each signed NAL unit in turn has a bit changed; parameter sets too, whose digest the firmware version has. */
    @ParameterizedTest
    @EnumSource(Detail.class)
    void everyNalUnitCounts(Detail detail) throws Exception {
        SignerSettings settings = SignedClips.settings(detail, SignedClips.Grouping.PARTIAL);
        List<NalUnit> signed = SignedClips.sign(Codec.H264, settings, TestKeys.ec256());
        assertThat(isAuthentic(judge(Codec.H264, signed)))
                .as("positive control")
                .isTrue();
        Random random = new Random(7);
        int altered = 0;
        for (int i = 0; i < signed.size(); i++) {
            NalUnit nal = signed.get(i);
            boolean signing = Letters.of(List.of(nal)).equals("S");
            NalClass nalClass = NalClass.of(nal);
            if (signing || nalClass.isHashed() || nalClass == NalClass.PARAMETER_SET) {
                byte[] bytes = nal.bytes().clone();
                // Behind header and first byte, so that it stays of its class; a signature's filling is not covered.
                int last = signing ? bytes.length - 90 : bytes.length;
                bytes[2 + random.nextInt(last - 2)] ^= (byte) (1 << random.nextInt(8));
                List<NalUnit> forged = new ArrayList<>(signed);
                forged.set(i, NalUnit.of(Codec.H264, bytes));
                assertThat(isAuthentic(judge(Codec.H264, forged)))
                        .as(nal + " at " + i)
                        .isFalse();
                altered++;
            }
        }
        assertThat(altered).isGreaterThan(60);
    }

    @Test
    void aSlowKeyMakesNoDifference() throws Exception {
        for (SignedClips.Grouping grouping : SignedClips.Grouping.values()) {
            SignerSettings settings = SignedClips.settings(Detail.HASH_LIST, grouping);
            List<Runnable> tasks = new ArrayList<>();
            AtomicBoolean atOnce = new AtomicBoolean();
            Random random = new Random(11);
            MediaSigner signer = new MediaSigner(
                    Letters.track(Codec.H265),
                    settings,
                    TestKeys.ec256(),
                    task -> {
                        if (atOnce.get()) {
                            task.run();
                        } else {
                            tasks.add(task);
                        }
                    },
                    () -> 0);
            List<SignedUnit> signed = new ArrayList<>();
            for (AccessUnit unit : Letters.pictures(SignedClips.clip(Codec.H265))) {
                while (tasks.size() > 3 || (!tasks.isEmpty() && random.nextInt(3) == 0)) {
                    tasks.remove(random.nextInt(tasks.size())).run();
                }
                signed.add(signer.sign(unit));
            }
            tasks.forEach(Runnable::run);
            atOnce.set(true);
            signed.add(signer.end().orElseThrow());
            SigningReport report = judge(Codec.H265, Letters.nalUnits(signed));
            assertThat(isAuthentic(report)).as(grouping + ": " + report).isTrue();
        }
    }
}
