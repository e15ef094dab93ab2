package org.camseal.signing.validation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.camseal.media.Codec;
import org.camseal.media.NalUnit;
import org.camseal.signing.Letters;
import org.camseal.signing.SignerSettings;
import org.camseal.signing.TestKeys;
import org.camseal.signing.wire.VendorInfo;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a bad network does must never look like what a forger does. */
class LossTest {
    private static final int SEEDS = 40;
    private static final double LOSS = 0.05;

    private static SignerSettings settings(String name) {
        SignerSettings all = SignerSettings.of(new VendorInfo("1.0", "CS-0042", "Test"));
        return switch (name) {
            case "hash list" -> all;
            case "low bitrate" -> all.with(SignerSettings.Detail.LOW_BITRATE);
            case "partial" -> all.with(new SignerSettings.Groups(7, Duration.ofSeconds(2), 1, 32_768));
            case "low bitrate, partial" ->
                all.with(SignerSettings.Detail.LOW_BITRATE)
                        .with(new SignerSettings.Groups(7, Duration.ofSeconds(2), 1, 32_768));
            case "three groups a signature" ->
                all.with(new SignerSettings.Groups(500, Duration.ofSeconds(2), 3, 32_768));
            case "certificate SEI" -> all.with(SignerSettings.CertificatePlace.CERTIFICATE_SEI);
            default -> throw new IllegalArgumentException(name);
        };
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hash list",
                "low bitrate",
                "partial",
                "low bitrate, partial",
                "three groups a signature",
                "certificate SEI"
            })
    void fivePercentLossIsNeverForged(String mode) throws Exception {
        String film = "VvIiPPPPPPPPPpPPPPP".repeat(12);
        List<NalUnit> signed = Letters.sign(settings(mode), TestKeys.ec256(), Letters.units(Codec.H264, film));
        assertThat(Judged.of(signed).worst()).isEqualTo("authentic COMPLETE");
        long authentic = 0;
        for (int seed = 0; seed < SEEDS; seed++) {
            Random random = new Random(seed);
            List<NalUnit> received = new ArrayList<>(signed);
            received.removeIf(nal -> random.nextDouble() < LOSS);
            Judged judged = Judged.of(received);

            assertThat(judged.report().forged())
                    .as("%s, seed %d: %s %s", mode, seed, judged.worst(), judged.letters())
                    .isZero();
            assertThat(judged.letters()).doesNotContain("N");
            authentic += judged.groups().stream()
                    .mapToLong(SignedGroupReport::authentic)
                    .sum();
        }
        assertThat(authentic).as("what arrived is still vouched for").isPositive();

        // The positive control: a single altered picture in the same stream is found, whatever else is lost around it.
        List<NalUnit> altered = Tampering.of(signed, "~P40");
        assertThat(Judged.of(altered).report().forged()).isPositive();
    }

    @ParameterizedTest
    @ValueSource(strings = {"hash list", "partial"})
    void withAHashListWhatArrivedIsVouchedForThoughKeyPicturesAreLost(String mode) throws Exception {
        List<NalUnit> signed =
                Letters.sign(settings(mode), TestKeys.ec256(), Letters.units(Codec.H265, "VvIPPPPPPPPP".repeat(4)));
        Judged judged = Judged.of(Tampering.of(signed, "-I2 -I3 -P12 -P30"));

        assertThat(judged.worst()).isEqualTo("incomplete UNITS_LOST");
        assertThat(judged.letters().chars().filter(letter -> letter == 'M').count())
                .isEqualTo(4);
        assertThat(judged.letters()).doesNotContain("U");
    }
}
