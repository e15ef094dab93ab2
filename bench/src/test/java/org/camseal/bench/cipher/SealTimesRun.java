package org.camseal.bench.cipher;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.CommandLineOptions;

/** Not a test: runs {@link SealTimes} when it is asked for by name, with the words of {@code -Dcamseal.jmh} as JMH's command line. */
class SealTimesRun {
    @Test
    @EnabledIfSystemProperty(named = "camseal.jmh", matches = ".*")
    void run() throws Exception {
        String[] words = System.getProperty("camseal.jmh", "").strip().split("\\s+");
        assertThat(new Runner(new CommandLineOptions(words)).run()).isNotEmpty();
    }
}
