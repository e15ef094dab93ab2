package org.camseal.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each target under the fuzzer for -Dcamseal.fuzz.seconds; without it, none (CONTRIBUTING.md). */
@Execution(ExecutionMode.CONCURRENT)
@EnabledIfSystemProperty(named = "camseal.fuzz.seconds", matches = "[1-9][0-9]*")
class FuzzTest {
    @ParameterizedTest
    @EnumSource
    void nothingIsFound(FuzzTarget target) throws Exception {
        int seconds = Integer.getInteger("camseal.fuzz.seconds");
        JazzerRun.Outcome outcome = new JazzerRun(target).run(seconds);
        outcome.finding()
                .ifPresent(finding -> assertThat(finding.log())
                        .as(
                                "a finding; mend it, and put it into src/test/findings/%s/NAME.hex:%n%s%n",
                                target.label(), finding.hex())
                        .isEmpty());
        System.out.printf("fuzz %s: %d inputs in %d s%n", target.label(), outcome.executions(), seconds);
    }
}
