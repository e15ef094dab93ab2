package org.camseal.bench.cipher;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.camseal.manifest.Suite;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Real machines, with the least effort there is: whether they measure what they should, not what they find. */
class ChildMachineTest {
    private static final Effort LEAST =
            new Effort(List.of(1_024), 1, 0, Duration.ofNanos(1), 1, 1, Duration.ofSeconds(1));

    @ParameterizedTest
    @EnumSource(Processor.class)
    void measuresUnderTheFlagsOfItsProcessor(Processor processor) throws Exception {
        List<String> courses = new ArrayList<>();
        ChildReport report = ChildMachine.run(processor, LEAST, courses::add);
        assertThat(courses).containsExactly("1024", "hour");
        assertThat(report.isWhole()).isTrue();
        assertThat(processor.contradictions(report.flags())).isEmpty();
        if (processor != Processor.AS_IT_IS) {
            assertThat(report.suite()).isEqualTo(Suite.CHACHA20_POLY1305);
        }
    }

    @Test
    void anEffortReachesTheChildAsItIs() {
        Effort effort = CipherChild.effort(CipherChild.arguments(Effort.FULL).toArray(String[]::new));
        assertThat(effort.sizes()).isEqualTo(Effort.FULL.sizes());
        assertThat(effort.slice()).isEqualTo(Effort.FULL.slice());
        assertThat(effort.budget()).isEqualTo(Effort.FULL.budget());
        assertThat(effort.maxRounds()).isEqualTo(Effort.FULL.maxRounds());
    }
}
