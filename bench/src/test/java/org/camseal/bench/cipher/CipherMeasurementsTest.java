package org.camseal.bench.cipher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.camseal.bench.BenchException;
import org.camseal.bench.Measurement;
import org.camseal.bench.Target;
import org.junit.jupiter.api.Test;

class CipherMeasurementsTest {
    private static List<Measurement> missed(CipherFigures figures) {
        return CipherMeasurements.of(figures).stream()
                .filter(measurement -> !measurement.isMet())
                .toList();
    }

    @Test
    void targetsAreMetUpToTheirLimits() throws BenchException {
        assertThat(missed(GivenFigures.of(1.4, 0.1, 0.99))).isEmpty();
    }

    @Test
    void targetsAreMissedBehindTheirLimits() throws BenchException {
        assertThat(missed(GivenFigures.of(1.41, 0.1, 0.99))).singleElement().satisfies(measurement -> {
            assertThat(measurement.subject())
                    .isEqualTo("as the processor is, 65536 bytes, sealed, AES inside to plain AES-256-GCM");
            assertThat(measurement.value()).isEqualTo(1.41, within(1e-9));
            assertThat(measurement.target()).isEqualTo(new Target.AtMost(1.4));
        });
        assertThat(missed(GivenFigures.of(2.01, 0.1, 0.99))).as("at 16 KB too").hasSize(2);
        assertThat(missed(GivenFigures.of(1, 0.101, 0.99))).as("16 and 64 KB").hasSize(2);
        assertThat(missed(GivenFigures.of(1, 0.1, 1))).as("all sizes").hasSize(3);
    }

    @Test
    void onAProcessorWithoutAesInstructionsChaChaIsJudgedAgainstCtr() {
        assertThat(CipherMeasurements.target(Processor.AS_IT_IS, Contender.SEALED_CHACHA, 65_536, Contender.AES_CTR))
                .isEqualTo(new Target.AtMost(0.1));
        assertThat(CipherMeasurements.target(Processor.AS_IT_IS, Contender.SEALED_CHACHA, 65_536, Contender.AES_GCM))
                .isEqualTo(new Target.None());
    }

    @Test
    void theMachineInTheMiddleCounts() throws BenchException {
        CipherFigures fast = GivenFigures.of(1.1, 0.1, 0.5);
        assertThat(fast.ratio(Processor.AS_IT_IS, 16_384, Contender.AES_GCM)).isEqualTo(1.1, within(1e-9));
        java.util.Map<Processor, List<ChildReport>> machines = new java.util.EnumMap<>(Processor.class);
        for (Processor processor : Processor.values()) {
            List<ChildReport> three = new java.util.ArrayList<>();
            for (double sealed : new double[] {9.0, 1.2, 1.1}) {
                three.add(GivenFigures.report(
                        GivenFigures.lines("AES_256_GCM", java.util.Map.of(Contender.SEALED_AES, sealed), 1)));
            }
            machines.put(processor, three);
        }
        CipherFigures figures = new CipherFigures(GivenFigures.SIZES, machines);
        assertThat(figures.ratio(Processor.AS_IT_IS, 16_384, Contender.AES_GCM)).isEqualTo(1.2, within(1e-9));
        assertThat(figures.roundRatio(Processor.AS_IT_IS, 16_384, Contender.AES_GCM)
                        .upper())
                .isGreaterThan(8);
    }

    @Test
    void anHourIsTheSumOfItsParts() {
        VideoHour hour = new VideoHour(part -> 1_000_000); // a millisecond each
        assertThat(hour.packages()).isEqualTo(90, within(1e-9)); // 25 a second
        assertThat(hour.manifests()).isEqualTo(90 + 1.8, within(1e-9)); // and a signature every 2 s
        assertThat(hour.granting(10)).isEqualTo(0.3, within(1e-9)); // 30 epochs
        assertThat(hour.sealed(10)).isEqualTo(90 + 91.8 + 0.3, within(1e-9));
        assertThat(hour.tlsAes(1)).isEqualTo(1.8e9 / 16_384 / 1_000, within(1e-6));
        assertThat(hour.tlsChacha(10)).isEqualTo(10 * hour.tlsAes(1), within(1e-6));
    }
}
