package org.camseal.identity.soft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.camseal.identity.DurableFile;
import org.camseal.identity.DurableFile.Step;
import org.camseal.identity.ElementFault;
import org.camseal.identity.HeapDump;
import org.camseal.identity.IdentityException;
import org.camseal.identity.KeySpec;
import org.camseal.identity.Slot;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SoftStateTest {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final DurableFile.Steps QUIET = step -> {};

    @TempDir
    private Path directory;

    private Path home;
    private StatePlace place;

    @BeforeEach
    void prepare() throws Exception {
        home = directory.resolve("state");
        Path machine = directory.resolve("machine-id");
        Files.writeString(machine, "3f0e2a\n");
        place = StatePlace.on(machine);
        SoftState.openOrCreate(home, place, RANDOM, QUIET).put(Slot.TLS, key());
    }

    private static SoftKey key() throws Exception {
        return SoftKey.generate(KeySpec.P256, RANDOM);
    }

    private SoftState opened() throws IdentityException {
        return SoftState.open(home, place, RANDOM, QUIET);
    }

    private static byte[] tlsKeyOf(SoftState state) {
        return Objects.requireNonNull(state.keys().get(Slot.TLS)).publicBytes();
    }

    private static void assertRefused(ElementFault fault, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        IdentityException.Element.class,
                        e -> assertThat(e.fault()).as(e.getMessage()).isEqualTo(fault));
    }

    /** The power goes: nothing after it is done, not even clearing up. */
    private static final class PowerCut extends Error {}

    private static DurableFile.Steps cutAt(Step where) {
        return step -> {
            if (step == where) {
                throw new PowerCut();
            }
        };
    }

    @ParameterizedTest
    @EnumSource(Step.class)
    void aPowerCutAtAnyStepLeavesTheOldStateOrTheNew(Step step) throws Exception {
        boolean isNew = step.compareTo(Step.RENAMED) >= 0;
        byte[] before = tlsKeyOf(opened());

        SoftState dying = SoftState.open(home, place, RANDOM, cutAt(step));
        assertThatThrownBy(() -> dying.put(Slot.MEDIA, key())).isInstanceOf(PowerCut.class);
        assertThat(opened().keys().keySet()).isEqualTo(isNew ? Set.of(Slot.TLS, Slot.MEDIA) : Set.of(Slot.TLS));
        assertThat(tlsKeyOf(opened())).isEqualTo(before);

        SoftState dyingAgain = SoftState.open(home, place, RANDOM, cutAt(step));
        assertThatThrownBy(() -> dyingAgain.remove(Slot.TLS)).isInstanceOf(PowerCut.class);
        assertThat(opened().keys().containsKey(Slot.TLS)).isEqualTo(!isNew);

        // what is half written is cleared away, and the next change is whole
        DurableFile.removeHalfWritten(home);
        SoftState living = opened();
        living.remove(Slot.MEDIA);
        living.put(Slot.MEDIA, key());
        assertThat(opened().keys()).containsKey(Slot.MEDIA);
        try (Stream<Path> files = Files.list(home)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder(SoftState.SEED, SoftState.KEYS);
        }
    }

    @ParameterizedTest
    @EnumSource(Step.class)
    void aPowerCutWhileItIsPreparedLeavesNothingOrAll(Step step) throws Exception {
        Path fresh = directory.resolve("fresh");
        assertThatThrownBy(() -> SoftState.openOrCreate(fresh, place, RANDOM, cutAt(step)))
                .isInstanceOf(PowerCut.class);
        assertRefused(ElementFault.UNAVAILABLE, () -> SoftState.open(fresh, place, RANDOM, QUIET));
        assertThat(SoftState.openOrCreate(fresh, place, RANDOM, QUIET).keys()).isEmpty();
        assertThat(SoftState.open(fresh, place, RANDOM, QUIET).keys()).isEmpty();
    }

    @Test
    void aCopyIsRefused() throws Exception {
        Path copy = directory.resolve("copy");
        DurableFile.ownDirectory(copy);
        for (String name : new String[] {SoftState.SEED, SoftState.KEYS}) {
            Files.copy(home.resolve(name), copy.resolve(name));
            Files.setPosixFilePermissions(copy.resolve(name), PosixFilePermissions.fromString("rw-------"));
        }
        assertRefused(ElementFault.CLONED, () -> SoftState.open(copy, place, RANDOM, QUIET));
        assertRefused(ElementFault.CLONED, () -> SoftState.openOrCreate(copy, place, RANDOM, QUIET));

        Path otherMachine = directory.resolve("other-machine-id");
        Files.writeString(otherMachine, "77aa01\n");
        assertRefused(ElementFault.CLONED, () -> SoftState.open(home, StatePlace.on(otherMachine), RANDOM, QUIET));
        assertThat(opened().keys())
                .as("positive control: at its place it opens")
                .containsKey(Slot.TLS);
    }

    @Test
    void aClonerWhoMendsTheLabelStillHasNoKeys() throws Exception {
        // the label says "made here", but the seal knows better
        Path otherMachine = directory.resolve("other-machine-id");
        Files.writeString(otherMachine, "77aa01\n");
        StatePlace elsewhere = StatePlace.on(otherMachine);
        Path fresh = directory.resolve("fresh");
        SoftState.openOrCreate(fresh, elsewhere, RANDOM, QUIET);
        byte[] stolen = Files.readAllBytes(home.resolve(SoftState.KEYS));
        byte[] label = Files.readAllBytes(fresh.resolve(SoftState.KEYS));
        System.arraycopy(label, 8, stolen, 8, 32);
        Files.write(fresh.resolve(SoftState.KEYS), stolen);
        assertRefused(ElementFault.DAMAGED, () -> SoftState.open(fresh, elsewhere, RANDOM, QUIET));
    }

    @Test
    void anyDamageIsFound() throws Exception {
        Path file = home.resolve(SoftState.KEYS);
        byte[] whole = Files.readAllBytes(file);
        for (int at = 0; at < whole.length; at += 5) {
            byte[] altered = whole.clone();
            altered[at] ^= 1;
            Files.write(file, altered);
            boolean label = at >= 8 && at < 40;
            assertRefused(label ? ElementFault.CLONED : ElementFault.DAMAGED, this::opened);
        }
        for (int length = 0; length < whole.length; length += 7) {
            Files.write(file, java.util.Arrays.copyOf(whole, length));
            assertRefused(ElementFault.DAMAGED, this::opened);
        }
        Files.write(file, whole);
        byte[] seed = Files.readAllBytes(home.resolve(SoftState.SEED));
        Files.write(home.resolve(SoftState.SEED), new byte[32]);
        assertRefused(ElementFault.DAMAGED, this::opened);
        Files.delete(home.resolve(SoftState.SEED));
        assertRefused(ElementFault.DAMAGED, this::opened);
        Files.write(home.resolve(SoftState.SEED), seed);
        Files.setPosixFilePermissions(home.resolve(SoftState.SEED), PosixFilePermissions.fromString("rw-r-----"));
        assertThatThrownBy(this::opened).isInstanceOf(IdentityException.class);
    }

    @Test
    void theFileShowsNoKey() throws Exception {
        byte[] file = Files.readAllBytes(home.resolve(SoftState.KEYS));
        SoftState state = opened();
        byte[] encoded = tlsKeyOf(state);
        assertThat(HeapDump.contains(file, state.pairingSecret())).isFalse();
        assertThat(HeapDump.contains(file, encoded)).isFalse();
        assertThat(HeapDump.contains(tlsKeyOf(opened()), encoded))
                .as("positive control: the search finds")
                .isTrue();
    }
}
