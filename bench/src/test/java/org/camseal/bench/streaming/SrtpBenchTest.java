package org.camseal.bench.streaming;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.camseal.bench.Measurement;
import org.camseal.bench.Target;
import org.camseal.streaming.srtp.SrtpProfile;
import org.junit.jupiter.api.Test;

class SrtpBenchTest {
    /** One round: what is measured and against what, not how fast. */
    @Test
    void everyProfileIsMeasuredBesideTheCipherAlone() throws Exception {
        List<Measurement> measurements = SrtpBench.quick();
        assertThat(measurements).hasSize(5 * SrtpProfile.values().length).allSatisfy(measurement -> {
            assertThat(measurement.bench()).isEqualTo("streaming");
            assertThat(measurement.value()).isPositive();
        });
        assertThat(measurements.stream().filter(measurement -> !(measurement.target() instanceof Target.None)))
                .hasSize(2)
                .allSatisfy(measurement -> assertThat(measurement.subject()).startsWith("AEAD_AES_"));
    }
}
