package org.camseal.identity.soft;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Objects;
import org.camseal.identity.ElementConformance;
import org.camseal.identity.SecureElement;
import org.camseal.identity.Slot;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** One process for all tests, for each start of Java costs; each test has a program's connection of its own. */
class SoftConformanceTest extends ElementConformance {
    private static final SecureRandom RANDOM = new SecureRandom();

    @TempDir
    private static Path home;

    private static @Nullable SoftElement process;

    private static SoftElement process() {
        return Objects.requireNonNull(process);
    }

    @BeforeAll
    static void launch() throws Exception {
        SoftElement.prepare(home.resolve("state"), home.resolve("pairing"), RANDOM);
        start();
    }

    private static void start() throws Exception {
        process = SoftElement.launch(
                SoftLaunch.sameJava(home.resolve("state"), home.resolve("socket")), home.resolve("pairing"), RANDOM);
    }

    @AfterAll
    static void end() {
        process().close();
    }

    @Override
    protected SecureElement open() throws Exception {
        return SoftElement.connect(home.resolve("socket"), home.resolve("pairing"), RANDOM);
    }

    @AfterEach
    void empty() throws Exception {
        for (Slot slot : Slot.values()) {
            process().destroy(slot);
        }
    }

    /** There is no counter of wrong guesses that could lock; each cut costs a start of Java. */
    @Override
    protected int powerCuts() {
        return 1;
    }

    @Override
    protected void cutPower() throws Exception {
        process().kill();
        start();
    }
}
