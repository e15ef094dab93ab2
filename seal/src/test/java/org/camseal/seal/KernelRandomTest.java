package org.camseal.seal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class KernelRandomTest {
    @Test
    void givesOtherBytesEachTime() throws Exception {
        SecureRandom random = KernelRandom.open();
        Set<String> draws = new HashSet<>();
        for (int i = 0; i < 1_000; i++) {
            byte[] draw = new byte[32];
            random.nextBytes(draw);
            draws.add(Hex.text(draw));
        }
        assertThat(draws).hasSize(1_000);
        SelfTest.run(random);
        assertThat(random.generateSeed(20)).hasSize(20);
        assertThat(random.nextLong()).isNotEqualTo(random.nextLong());
    }

    @Test
    void isTheKernelsWhereThereIsOne() {
        boolean hasGenerator = Files.exists(Path.of("/dev/urandom")) && Files.exists(Path.of("/dev/random"));
        assertThat(KernelRandom.open() instanceof KernelRandom).isEqualTo(hasGenerator);
    }

    /** A seed from outside changes nothing: it can neither help nor harm. */
    @Test
    void cannotBeSeeded() {
        SecureRandom one = KernelRandom.open();
        SecureRandom other = KernelRandom.open();
        one.setSeed(7);
        other.setSeed(7);
        assertThat(one.nextLong()).isNotEqualTo(other.nextLong());
    }
}
