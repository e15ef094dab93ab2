package org.camseal.identity.tpm2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.camseal.identity.AssuranceLevel;
import org.camseal.identity.DurableFile;
import org.camseal.identity.ElementFault;
import org.camseal.identity.IdentityException;
import org.camseal.identity.KeyHandle;
import org.camseal.identity.KeySpec;
import org.camseal.identity.Slot;
import org.camseal.identity.SlotHandle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What goes wrong with TPMs: moved keys, other TPMs, full memory, lockout, a program that died. */
class TpmTrapsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final byte[] MESSAGE = new byte[7];
    private static final SecureRandom RANDOM = new SecureRandom();

    @TempDir
    private Path directory;

    private Swtpm swtpm;
    private Tpm2Element element;

    @BeforeAll
    static void peers() {
        Swtpm.require();
    }

    @BeforeEach
    void start() throws Exception {
        swtpm = new Swtpm(directory.resolve("tpm"));
        Tpm2Element.prepare(home(), swtpm.address(), PATIENCE, RANDOM);
        element = open(home(), swtpm);
    }

    @AfterEach
    void end() {
        element.close();
        swtpm.close();
    }

    private Path home() {
        return directory.resolve("element");
    }

    private static Tpm2Element open(Path home, Swtpm tpm) throws IdentityException {
        return Tpm2Element.open(home, tpm.address(), PATIENCE, RANDOM);
    }

    private static void assertRefused(ElementFault fault, String text, ThrowingCallable call) {
        assertThatThrownBy(call)
                .hasMessageContaining(text)
                .isInstanceOfSatisfying(
                        IdentityException.Element.class,
                        e -> assertThat(e.fault()).as(e.getMessage()).isEqualTo(fault));
    }

    private static void assertSigns(KeyHandle key) throws IdentityException {
        assertThat(SlotHandle.verifies(key.publicKey(), key.algorithm(), MESSAGE, key.sign(MESSAGE)))
                .as("positive control")
                .isTrue();
    }

    /** As a thief or a backup copies it. */
    private static void copy(Path from, Path to) throws Exception {
        DurableFile.ownDirectory(to);
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
    }

    @Test
    void saysThatATpmInSoftwareIsSoftware() {
        assertThat(element.info().name()).contains("IBM");
        assertThat(element.info().assurance()).isEqualTo(AssuranceLevel.SOFTWARE);
    }

    @Test
    void keysCopiedToAnotherTpmAreRefused() throws Exception {
        assertSigns(element.generate(Slot.TLS, KeySpec.P256));
        Path copied = directory.resolve("copied");
        copy(home(), copied);
        try (Swtpm other = new Swtpm(directory.resolve("other"))) {
            assertRefused(ElementFault.FOREIGN, "no storage root", () -> open(copied, other));
            Path own = directory.resolve("own");
            Tpm2Element.prepare(own, other.address(), PATIENCE, RANDOM);
            assertRefused(ElementFault.FOREIGN, "another storage root", () -> open(copied, other));
            // only the wrapped key is moved: the TPM itself refuses it
            Files.copy(copied.resolve("tls.tpmkey"), own.resolve("tls.tpmkey"));
            try (Tpm2Element there = open(own, other)) {
                KeyHandle moved = there.key(Slot.TLS).orElseThrow();
                assertRefused(ElementFault.FOREIGN, "0x1df TPM_RC_INTEGRITY", () -> moved.sign(MESSAGE));
            }
        }
        element.close();
        try (Tpm2Element here = open(copied, swtpm)) {
            assertSigns(here.key(Slot.TLS).orElseThrow()); // positive control: the copy is whole
        }
    }

    @Test
    void anAlteredKeyIsRefused() throws Exception {
        assertSigns(element.generate(Slot.TLS, KeySpec.P256));
        Path file = home().resolve("tls.tpmkey");
        byte[] whole = Files.readAllBytes(file);
        for (int at = 0; at < whole.length; at += 7) {
            byte[] altered = whole.clone();
            altered[at] ^= 1;
            Files.write(file, altered);
            assertRefused(ElementFault.DAMAGED, "tls.tpmkey", () -> element.key(Slot.TLS));
        }
        for (int length = 0; length < whole.length; length += 11) {
            Files.write(file, java.util.Arrays.copyOf(whole, length));
            assertRefused(ElementFault.DAMAGED, "tls.tpmkey", () -> element.key(Slot.TLS));
        }
        Files.write(file, whole);
        TpmKeyFile.Wrapped key = TpmKeyFile.read(file).orElseThrow();
        byte[] altered = key.wrappedPrivate().clone();
        altered[altered.length - 1] ^= 1;
        TpmKeyFile.write(file, new TpmKeyFile.Wrapped(key.publicArea(), altered, key.authorisation()));
        element.close();
        element = open(home(), swtpm);
        KeyHandle handle = element.key(Slot.TLS).orElseThrow();
        assertRefused(ElementFault.FOREIGN, "0x1df TPM_RC_INTEGRITY", () -> handle.sign(MESSAGE));
        Files.write(file, whole);
        assertSigns(element.key(Slot.TLS).orElseThrow());
    }

    @Test
    void threePlacesForKeysAreEnough() throws Exception {
        KeyHandle tls = element.generate(Slot.TLS, KeySpec.P256);
        KeyHandle media = element.generate(Slot.MEDIA, KeySpec.RSA2048);
        KeyHandle issuing = element.generate(Slot.ISSUING, KeySpec.P256);
        KeyHandle root = element.generate(Slot.ROOT, KeySpec.P384);
        for (int i = 0; i < 3; i++) {
            for (KeyHandle key : List.of(tls, media, issuing, root)) {
                assertSigns(key);
            }
            element.attest(Slot.MEDIA, new byte[32]);
        }
        element.close();
        // positive control: this TPM does have three places only
        try (Tpm tpm = new Tpm(TpmVault.transport(swtpm.address(), PATIENCE), RANDOM)) {
            List<Tpm.Loaded> made = new ArrayList<>();
            assertThatThrownBy(() -> {
                        for (int i = 0; i < 4; i++) {
                            made.add(tpm.createPrimary(Tpm.OWNER, TpmTemplates.storageRoot()));
                        }
                    })
                    .isInstanceOf(Tpm.Refusal.class)
                    .hasMessageContaining("0x902");
            assertThat(made).hasSize(3);
        }
    }

    @Test
    void whatADeadProgramLeftLoadedIsCleared() throws Exception {
        assertSigns(element.generate(Slot.TLS, KeySpec.P256));
        element.close();
        for (int i = 0; i < 5; i++) { // five programs that die without giving anything back
            Tpm tpm = new Tpm(TpmVault.transport(swtpm.address(), PATIENCE), RANDOM);
            try {
                Tpm.Loaded root = new Tpm.Loaded(TpmVault.ROOT, tpm.readPublic(TpmVault.ROOT));
                tpm.startSession(root, TpmSession.HMAC);
                tpm.createPrimary(Tpm.OWNER, TpmTemplates.storageRoot());
            } catch (Tpm.Refusal full) {
                assertThat(full.code().fault()).isEqualTo(ElementFault.BUSY);
            }
            tpm.close();
        }
        element = open(home(), swtpm);
        assertSigns(element.key(Slot.TLS).orElseThrow());
        assertSigns(element.generate(Slot.MEDIA, KeySpec.P256));
    }

    @Test
    void powerCutsDoNotCountAsWrongGuesses() throws Exception {
        element.generate(Slot.TLS, KeySpec.P256);
        for (int i = 0; i < 5; i++) {
            assertSigns(element.key(Slot.TLS).orElseThrow());
            swtpm.cutPower();
        }
        assertSigns(element.key(Slot.TLS).orElseThrow());
        element.close();
        try (Tpm tpm = new Tpm(TpmVault.transport(swtpm.address(), PATIENCE), RANDOM)) {
            assertThat(tpm.property(0x20e)).as("TPM_PT_LOCKOUT_COUNTER").isZero();
            assertThat(tpm.property(0x20f))
                    .as("TPM_PT_MAX_AUTH_FAIL: it would lock")
                    .isBetween(1, 5);
        }
    }

    @Test
    void aMissingTpmIsAnErrorAndNeverSoftwareInstead() throws Exception {
        KeyHandle key = element.generate(Slot.TLS, KeySpec.P256);
        assertSigns(key);
        swtpm.kill();
        assertRefused(ElementFault.UNAVAILABLE, "no TPM at tcp:", () -> key.sign(MESSAGE));
        assertRefused(ElementFault.UNAVAILABLE, "no TPM at tcp:", () -> open(home(), swtpm));
        assertRefused(ElementFault.UNAVAILABLE, "no TPM at tcp:", () -> element.generate(Slot.MEDIA, KeySpec.P256));
        try (Stream<Path> files = Files.list(home())) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("storage-root.name", "tls.tpmkey");
        }
        swtpm.cutPower();
        assertSigns(key);
    }

    @Test
    void aClearedTpmIsToldFromAMissingOne() throws Exception {
        assertSigns(element.generate(Slot.TLS, KeySpec.P256));
        element.close();
        try (Tpm tpm = new Tpm(TpmVault.transport(swtpm.address(), PATIENCE), RANDOM)) {
            tpm.run(new TpmCommand("TPM2_Clear", 0x126).on(0x4000000c).withEmptyPassword());
        }
        assertRefused(ElementFault.FOREIGN, "was cleared", () -> open(home(), swtpm));
    }

    @Test
    void keysWithoutTheirPinAreRefused() throws Exception {
        assertSigns(element.generate(Slot.TLS, KeySpec.P256));
        element.close();
        Files.delete(home().resolve("storage-root.name"));
        assertRefused(ElementFault.UNAVAILABLE, "never prepared", () -> open(home(), swtpm));
        assertRefused(
                ElementFault.DAMAGED,
                "storage-root.name is missing",
                () -> Tpm2Element.prepare(home(), swtpm.address(), PATIENCE, RANDOM));
    }
}
