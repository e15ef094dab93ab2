package org.camseal.identity.soft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.SecureRandom;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.util.Base64;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.camseal.identity.AssuranceLevel;
import org.camseal.identity.ElementFault;
import org.camseal.identity.HeapDump;
import org.camseal.identity.IdentityException;
import org.camseal.identity.KeyHandle;
import org.camseal.identity.KeySpec;
import org.camseal.identity.Slot;
import org.camseal.identity.SlotHandle;
import org.camseal.identity.SoftwareSecureElement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SoftElementTest {
    private static final byte[] MESSAGE = new byte[9];
    private static final SecureRandom RANDOM = new SecureRandom();

    @TempDir
    private Path directory;

    private SoftElement element;

    @BeforeEach
    void start() throws Exception {
        SoftElement.prepare(state(), pairing(), RANDOM);
        element = SoftElement.launch(SoftLaunch.sameJava(state(), socket()), pairing(), RANDOM);
    }

    @AfterEach
    void end() {
        element.close();
    }

    private Path state() {
        return directory.resolve("state");
    }

    private Path pairing() {
        return directory.resolve("pairing");
    }

    private Path socket() {
        return directory.resolve("socket");
    }

    private static void assertRefused(ElementFault fault, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        IdentityException.Element.class,
                        e -> assertThat(e.fault()).as(e.getMessage()).isEqualTo(fault));
    }

    private static void assertSigns(KeyHandle key) throws IdentityException {
        assertThat(SlotHandle.verifies(key.publicKey(), key.algorithm(), MESSAGE, key.sign(MESSAGE)))
                .isTrue();
    }

    private void signal(String signal) throws Exception {
        Process kill = new ProcessBuilder("kill", "-" + signal, Long.toString(element.pid())).start();
        assertThat(kill.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(kill.exitValue()).isZero();
    }

    /** A stopped process still answers until the last of its threads has heard of it. */
    private void awaitStopped() throws Exception {
        Path state = Path.of("/proc/" + element.pid() + "/stat");
        for (int i = 0; i < 1_000 && !Files.readString(state).contains(") T "); i++) {
            Thread.sleep(10);
        }
    }

    @Test
    void thisProcessNeverHoldsThePrivateNumber() throws Exception {
        KeyHandle key = element.generate(Slot.TLS, KeySpec.P256);
        assertSigns(key);
        // positive control: the element made of files, which is in this process
        Path files = directory.resolve("files");
        SoftwareSecureElement control = SoftwareSecureElement.open(files, RANDOM);
        assertSigns(control.generate(Slot.TLS, KeySpec.P256));
        HeapDump dump = HeapDump.take(directory.resolve("heap.hprof"));
        element.close();

        // only now are the private numbers read by this process
        byte[] controlNumber = number(Base64.getMimeDecoder()
                .decode(Files.readString(files.resolve("tls-key.pem"))
                        .split("-----")[2]
                        .strip()));
        assertThat(dump.contains(controlNumber)).as("positive control").isTrue();
        SoftState state = SoftState.open(state(), StatePlace.on(Path.of("/etc/machine-id")), RANDOM, step -> {});
        byte[] number =
                number(SoftKeyBytes.pkcs8(Objects.requireNonNull(state.keys().get(Slot.TLS))));
        assertThat(dump.contains(number)).isFalse();
    }

    private static byte[] number(byte[] pkcs8) throws Exception {
        BigInteger s =
                ((ECPrivateKey) KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(pkcs8))).getS();
        byte[] bytes = s.toByteArray();
        return bytes.length > 24 ? java.util.Arrays.copyOfRange(bytes, bytes.length - 24, bytes.length) : bytes;
    }

    /** Takes a key's encoding apart: kind, then public and private part with their lengths. */
    private static final class SoftKeyBytes {
        private SoftKeyBytes() {}

        static byte[] pkcs8(SoftKey key) {
            java.nio.ByteBuffer out = java.nio.ByteBuffer.allocate(8192);
            key.encode(out);
            out.flip().get();
            out.position(out.position() + 2 + Short.toUnsignedInt(out.getShort(out.position())));
            byte[] pkcs8 = new byte[Short.toUnsignedInt(out.getShort())];
            out.get(pkcs8);
            return pkcs8;
        }
    }

    @Test
    void aHungElementIsLateAndGoesOnLater() throws Exception {
        assertThat(element.info().assurance()).isEqualTo(AssuranceLevel.SOFTWARE);
        KeyHandle key = element.generate(Slot.TLS, KeySpec.P256);
        assertSigns(key);
        signal("STOP");
        awaitStopped();
        assertRefused(ElementFault.LATE, () -> key.sign(MESSAGE, Duration.ofMillis(300)));
        assertRefused(ElementFault.LATE, () -> key.sign(MESSAGE, Duration.ofMillis(300)));
        signal("CONT");
        assertSigns(key);
    }

    @Test
    void aProcessThatDiedIsStartedAgainWithTheSameKeys() throws Exception {
        KeyHandle key = element.generate(Slot.TLS, KeySpec.P256);
        long first = element.pid();
        element.kill();
        assertSigns(key);
        assertThat(element.pid()).isNotEqualTo(first);
    }

    @Test
    void strangersAndImpostorsAreRefused() throws Exception {
        KeyHandle key = element.generate(Slot.TLS, KeySpec.P256);
        try (SoftElement second = SoftElement.connect(socket(), pairing(), RANDOM)) {
            assertSigns(second.key(Slot.TLS).orElseThrow()); // positive control: paired, it may
        }
        byte[] good = Files.readAllBytes(pairing());
        byte[] stranger = good.clone();
        stranger[40] ^= 1; // another secret: the element hangs up
        Files.write(pairing(), stranger);
        assertRefused(ElementFault.UNAVAILABLE, () -> SoftElement.connect(socket(), pairing(), RANDOM));
        byte[] impostor = good.clone();
        impostor[3] ^= 1; // another element is expected: ours cannot read what is meant for it
        Files.write(pairing(), impostor);
        assertRefused(ElementFault.UNAVAILABLE, () -> SoftElement.connect(socket(), pairing(), RANDOM));
        Files.write(pairing(), good);
        assertSigns(key);
    }

    @Test
    void absentOrClonedIsAnErrorAndNothingElseInstead() throws Exception {
        element.generate(Slot.TLS, KeySpec.P256);
        assertRefused(
                ElementFault.UNAVAILABLE,
                () -> SoftElement.launch(SoftLaunch.sameJava(state(), directory.resolve("s2")), pairing(), RANDOM));
        element.close();
        assertRefused(ElementFault.UNAVAILABLE, () -> SoftElement.connect(socket(), pairing(), RANDOM));
        Path moved = directory.resolve("moved");
        Files.move(state(), moved);
        Path seed = moved.resolve(SoftState.SEED);
        byte[] bytes = Files.readAllBytes(seed);
        Files.move(seed, directory.resolve("keeps-its-number"));
        Files.write(seed, bytes);
        Files.setPosixFilePermissions(seed, java.nio.file.attribute.PosixFilePermissions.fromString("rw-------"));
        assertRefused(
                ElementFault.CLONED, () -> SoftElement.launch(SoftLaunch.sameJava(moved, socket()), pairing(), RANDOM));
        Files.move(directory.resolve("keeps-its-number"), seed, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        element = SoftElement.launch(SoftLaunch.sameJava(moved, socket()), pairing(), RANDOM);
        assertSigns(element.key(Slot.TLS).orElseThrow()); // positive control
    }
}
