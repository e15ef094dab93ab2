package org.camseal.identity.tpm2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.camseal.identity.ElementFault;
import org.camseal.identity.IdentityException;
import org.camseal.identity.KeyHandle;
import org.camseal.identity.KeySpec;
import org.camseal.identity.Slot;
import org.camseal.identity.SlotHandle;
import org.camseal.identity.tpm2.TpmCommand.Authorisation;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Somebody sits on the wire to the TPM. */
class TpmWireTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final byte[] MESSAGE = new byte[7];
    private static final SecureRandom RANDOM = new SecureRandom();

    @TempDir
    private Path directory;

    private Swtpm swtpm;
    private TpmProxy wire;
    private Tpm2Element element;
    private KeyHandle key;

    @BeforeAll
    static void peers() {
        Swtpm.require();
    }

    @BeforeEach
    void start() throws Exception {
        swtpm = new Swtpm(directory.resolve("tpm"));
        wire = new TpmProxy(swtpm);
        Tpm2Element.prepare(directory.resolve("element"), wire.address(), PATIENCE, RANDOM);
        element = reopened(PATIENCE);
        key = element.generate(Slot.TLS, KeySpec.P256);
        key.sign(MESSAGE);
    }

    @AfterEach
    void end() throws Exception {
        wire.alterCommands((code, frame) -> frame);
        wire.alterResponses((code, frame) -> frame);
        element.close();
        wire.close();
        swtpm.close();
    }

    private Tpm2Element reopened(Duration patience) throws IdentityException {
        return Tpm2Element.open(directory.resolve("element"), wire.address(), patience, RANDOM);
    }

    private static void assertRefused(ElementFault fault, String text, ThrowingCallable call) {
        assertThatThrownBy(call)
                .hasMessageContaining(text)
                .isInstanceOfSatisfying(
                        IdentityException.Element.class,
                        e -> assertThat(e.fault()).as(e.getMessage()).isEqualTo(fault));
    }

    private void assertSigns() throws IdentityException {
        assertThat(SlotHandle.verifies(key.publicKey(), key.algorithm(), MESSAGE, key.sign(MESSAGE)))
                .as("positive control: unaltered it signs")
                .isTrue();
    }

    private boolean seen(byte[] part) {
        return wire.frames().stream().anyMatch(frame -> TpmProxy.contains(frame, part));
    }

    @Test
    void theWireShowsNeitherWhatIsSignedNorWhatAllowsIt() throws Exception {
        byte[] message = "a message that nobody guesses".getBytes(java.nio.charset.StandardCharsets.UTF_8);
        byte[] digest = TpmKdf.sha256(message);
        TpmKeyFile.Wrapped file = TpmKeyFile.read(directory.resolve("element").resolve("tls.tpmkey"))
                .orElseThrow();
        key.sign(message);
        element.attest(Slot.TLS, "a nonce that nobody guesses".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        assertThat(seen(digest)).isFalse();
        assertThat(seen(file.authorisation().value())).isFalse();
        assertThat(seen(file.wrappedPrivate())).isFalse();
        assertThat(wire.frames()).as("frames looked at").hasSizeGreaterThan(10);
        element.close();

        // positive control: the same signature with the encryption of parameters left off
        try (Tpm tpm = new Tpm(TpmVault.transport(wire.address(), PATIENCE), RANDOM)) {
            Tpm.Loaded root = new Tpm.Loaded(TpmVault.ROOT, tpm.readPublic(TpmVault.ROOT));
            TpmSession session = tpm.startSession(root, TpmSession.HMAC);
            Tpm.Loaded loaded = tpm.load(session, root, file);
            tpm.run(new TpmCommand("TPM2_Sign", TpmProxy.SIGN)
                    .on(loaded.handle(), loaded.publicArea().name())
                    .through(session, file.authorisation())
                    .parameters(new TpmWriter()
                            .sized(digest)
                            .u16(TpmTemplates.NULL)
                            .u16(0x8024)
                            .u32(0x40000007)
                            .u16(0)));
            tpm.flush(loaded.handle());
            tpm.flush(session.handle());
        }
        assertThat(seen(digest)).as("positive control").isTrue();
    }

    @Test
    void aRepeatedCommandIsRefusedAndLocksNothing() throws Exception {
        byte[] sign = wire.frames().stream()
                .filter(frame -> ByteBuffer.wrap(frame).getInt(6) == TpmProxy.SIGN)
                .reduce((first, last) -> last)
                .orElseThrow();
        for (int i = 0; i < 6; i++) {
            byte[] answer = wire.repeatInFront(sign, () -> {
                try {
                    assertSigns();
                } catch (IdentityException e) {
                    throw new AssertionError(e);
                }
            });
            assertThat(ByteBuffer.wrap(answer).getInt(6))
                    .as("TPM_RC_BAD_AUTH, session 1")
                    .isEqualTo(0x9a2);
        }
        assertSigns();
    }

    @Test
    void anAlteredCommandIsRefusedByTheTpm() throws Exception {
        wire.alterCommands((code, frame) -> code == TpmProxy.SIGN ? flipped(frame, frame.length - 20) : frame);
        assertRefused(ElementFault.TAMPERED, "0x9a2 TPM_RC_BAD_AUTH", () -> key.sign(MESSAGE));
        wire.alterCommands((code, frame) -> frame);
        assertSigns();
    }

    @Test
    void noAlteredAnswerIsTaken() throws Exception {
        AtomicInteger length = new AtomicInteger();
        wire.alterResponses((code, frame) -> {
            if (code == TpmProxy.SIGN) {
                length.set(frame.length);
            }
            return frame;
        });
        assertSigns();
        assertThat(length.get()).isGreaterThan(100);
        int parameters = 14; // behind header and parameter size
        for (int at = parameters; at < length.get() - 4; at += 9) {
            int place = at;
            wire.alterResponses((code, frame) -> code == TpmProxy.SIGN ? flipped(frame, place) : frame);
            assertThatThrownBy(() -> key.sign(MESSAGE))
                    .as("byte " + at)
                    .isInstanceOfSatisfying(
                            IdentityException.Element.class,
                            e -> assertThat(e.fault()).isEqualTo(ElementFault.TAMPERED));
        }
        wire.alterResponses((code, frame) -> frame);
        assertSigns();
    }

    @Test
    void aShortenedAnswerIsRefused() throws Exception {
        wire.alterResponses((code, frame) -> code == TpmProxy.SIGN ? shortened(frame, 3) : frame);
        assertRefused(ElementFault.TAMPERED, "TPM2_Sign", () -> key.sign(MESSAGE));
        wire.alterResponses((code, frame) -> code == TpmProxy.SIGN ? new byte[0] : frame);
        assertRefused(ElementFault.UNAVAILABLE, "ended in the middle", () -> key.sign(MESSAGE));
        wire.alterResponses((code, frame) -> frame);
        assertSigns();
    }

    @Test
    void anotherSaltKeyIsNotTaken() throws Exception {
        element.close();
        TpmPublic stranger;
        try (Swtpm other = new Swtpm(directory.resolve("stranger"));
                Tpm tpm = new Tpm(TpmVault.transport(other.address(), PATIENCE), RANDOM)) {
            stranger = TpmRoot.keep(tpm, other.address(), Authorisation.NONE);
        }
        wire.alterResponses((code, frame) -> code == TpmProxy.READ_PUBLIC ? offering(stranger) : frame);
        assertRefused(ElementFault.FOREIGN, "another storage root", () -> reopened(PATIENCE));
        wire.alterResponses((code, frame) -> frame);
        element = reopened(PATIENCE);
        key = element.key(Slot.TLS).orElseThrow();
        assertSigns();
    }

    @Test
    void aTpmThatHangsIsGivenUp() throws Exception {
        element.close();
        element = reopened(Duration.ofSeconds(2));
        key = element.key(Slot.TLS).orElseThrow();
        assertSigns();
        wire.alterResponses((code, frame) -> {
            if (code == TpmProxy.SIGN) {
                sleep();
            }
            return frame;
        });
        assertRefused(ElementFault.UNAVAILABLE, "no answer", () -> key.sign(MESSAGE));
    }

    @Test
    void aWrongAuthorisationIsRefused() throws Exception {
        TpmKeyFile.Wrapped good = TpmKeyFile.read(directory.resolve("element").resolve("tls.tpmkey"))
                .orElseThrow();
        TpmKeyFile.write(
                directory.resolve("element").resolve("tls.tpmkey"),
                new TpmKeyFile.Wrapped(good.publicArea(), good.wrappedPrivate(), new Authorisation(new byte[] {1})));
        KeyHandle wrong = element.key(Slot.TLS).orElseThrow();
        for (int i = 0; i < 6; i++) {
            assertRefused(ElementFault.TAMPERED, "0x9a2 TPM_RC_BAD_AUTH", () -> wrong.sign(MESSAGE));
        }
        TpmKeyFile.write(directory.resolve("element").resolve("tls.tpmkey"), good);
        assertSigns();
    }

    private static void sleep() {
        try {
            Thread.sleep(4_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static byte[] flipped(byte[] frame, int at) {
        byte[] other = frame.clone();
        other[at] ^= 0x10;
        return other;
    }

    private static byte[] shortened(byte[] frame, int by) {
        byte[] other = java.util.Arrays.copyOf(frame, frame.length - by);
        ByteBuffer.wrap(other).putInt(2, other.length);
        return other;
    }

    private static byte[] offering(TpmPublic key) {
        byte[] body = new TpmWriter()
                .sized(key.area())
                .sized(key.name())
                .sized(key.name())
                .bytes();
        return new TpmWriter()
                .u16(0x8001)
                .u32(10 + body.length)
                .u32(0)
                .raw(body)
                .bytes();
    }
}
