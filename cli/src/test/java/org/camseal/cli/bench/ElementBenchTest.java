package org.camseal.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.camseal.cli.Said;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ElementBenchTest {
    @TempDir
    private Path directory;

    @Test
    void aSlowElementFailsAQuickOneDoesNot() throws Exception {
        ElementLimit limit = new ElementLimit(directory, Duration.ofSeconds(2));
        ElementLimit.Outcome quick = limit.at(10);
        assertThat(quick.asked()).as("2 signatures and 8 handshakes").isEqualTo(10);
        assertThat(quick.failed()).as("positive control: %s", quick).isLessThan(10);
        assertThat(limit.at(600).failed()).isGreaterThan(quick.failed());
    }

    @Test
    void measuresAnElementAndLeavesNoKeyInIt() {
        Said bench = Said.by("bench", "element", "--element", "files", "--seconds", "1", "--json");
        assertThat(bench.code()).as(bench.out() + bench.err()).isIn(0, 3); // no promise about this machine's speed
        assertThat(bench.out())
                .contains("\"bench\" : \"element\"")
                .contains("\"metric\" : \"TLS handshakes\"")
                .contains("\"target\" : \"<= 100\"");
        assertThat(Said.by("bench", "element", "--element", "tpm2:/dev/no-such-tpm")
                        .code())
                .isEqualTo(5);
        assertThat(Said.by("bench", "element", "--seconds", "0").code()).isEqualTo(2);
        assertThat(Said.by("bench", "element", "--limit", "601").code()).isEqualTo(2);
    }
}
