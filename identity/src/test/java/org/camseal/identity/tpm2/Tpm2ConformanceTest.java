package org.camseal.identity.tpm2;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.Objects;
import org.camseal.identity.ElementConformance;
import org.camseal.identity.SecureElement;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;

class Tpm2ConformanceTest extends ElementConformance {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private @Nullable Swtpm swtpm;

    @BeforeAll
    static void peers() {
        Swtpm.require();
    }

    @Override
    protected SecureElement open() throws Exception {
        SecureRandom random = new SecureRandom();
        if (swtpm == null) {
            swtpm = new Swtpm(directory.resolve("tpm"));
            Tpm2Element.prepare(directory.resolve("element"), swtpm.address(), PATIENCE, random);
        }
        return Tpm2Element.open(directory.resolve("element"), swtpm.address(), PATIENCE, random);
    }

    @Override
    protected void cutPower() throws Exception {
        Objects.requireNonNull(swtpm).cutPower();
    }

    @AfterEach
    void end() {
        Objects.requireNonNull(swtpm).close();
    }
}
