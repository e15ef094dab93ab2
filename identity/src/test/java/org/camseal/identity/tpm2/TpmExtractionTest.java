package org.camseal.identity.tpm2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.util.Optional;
import javax.crypto.KeyAgreement;
import org.camseal.identity.AgreementHandle;
import org.camseal.identity.DurableFile;
import org.camseal.identity.KeySpec;
import org.camseal.identity.Slot;
import org.camseal.identity.tpm2.TpmCommand.Authorisation;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a TPM does not give out, on its wire or by its commands; and its keys' files when the power goes. */
class TpmExtractionTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Authorisation SECRET = new Authorisation(new byte[] {1, 2, 3});
    private static final int DUPLICATE = 0x14b;

    @TempDir
    private Path directory;

    private Swtpm swtpm;
    private TpmProxy wire;
    private Tpm2Element element;

    @BeforeAll
    static void peers() {
        Swtpm.require();
    }

    @BeforeEach
    void start() throws Exception {
        swtpm = new Swtpm(directory.resolve("tpm"));
        wire = new TpmProxy(swtpm);
        Tpm2Element.prepare(directory.resolve("element"), wire.address(), PATIENCE, RANDOM);
        element = Tpm2Element.open(directory.resolve("element"), wire.address(), PATIENCE, RANDOM);
    }

    @AfterEach
    void end() throws Exception {
        element.close();
        wire.close();
        swtpm.close();
    }

    private boolean seen(byte[] part) {
        return wire.frames().stream().anyMatch(frame -> TpmProxy.contains(frame, part));
    }

    @Test
    void theWireDoesNotShowTheSecretThatOpensVideo() throws Exception {
        AgreementHandle own = element.generateAgreement(KeySpec.P256);
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        KeyPair peer = generator.generateKeyPair();
        KeyAgreement control = KeyAgreement.getInstance("ECDH");
        control.init(peer.getPrivate());
        control.doPhase(own.publicKey(), true);
        byte[] secret = control.generateSecret();
        assertThat(own.agree((ECPublicKey) peer.getPublic())).isEqualTo(secret);
        assertThat(wire.frames()).hasSizeGreaterThan(10);
        assertThat(seen(secret)).isFalse();
        element.close();

        // positive control: the same question with the encryption of the answer left off
        TpmKeyFile.Wrapped file = TpmKeyFile.read(directory.resolve("element").resolve("recipient.tpmkey"))
                .orElseThrow();
        byte[] point = new TpmWriter()
                .sized(TpmEcdh.fixed(((ECPublicKey) peer.getPublic()).getW().getAffineX(), 32))
                .sized(TpmEcdh.fixed(((ECPublicKey) peer.getPublic()).getW().getAffineY(), 32))
                .bytes();
        try (Tpm tpm = new Tpm(TpmVault.transport(wire.address(), PATIENCE), RANDOM)) {
            Tpm.Loaded root = new Tpm.Loaded(TpmVault.ROOT, tpm.readPublic(TpmVault.ROOT));
            TpmSession session = tpm.startSession(root, TpmSession.HMAC);
            Tpm.Loaded loaded = tpm.load(session, root, file);
            tpm.run(new TpmCommand("TPM2_ECDH_ZGen", 0x154)
                    .on(loaded.handle(), loaded.publicArea().name())
                    .through(session, file.authorisation())
                    .sized(point));
            tpm.flush(loaded.handle());
            tpm.flush(session.handle());
        }
        assertThat(seen(secret)).as("positive control").isTrue();
    }

    /** A policy that allows duplication: TPM2_PolicyCommandCode(TPM2_Duplicate), part 3, section 23.11. */
    private static byte[] policyOfDuplication() {
        return TpmKdf.sha256(
                new TpmWriter().raw(new byte[32]).u32(0x16c).u32(DUPLICATE).bytes());
    }

    /** Our template with that policy, and with or without what binds the key to its TPM. */
    private static byte[] template(boolean bound) {
        byte[] ours = TpmTemplates.signing(KeySpec.P256);
        byte[] policy = policyOfDuplication();
        byte[] all = new TpmWriter()
                .raw(java.util.Arrays.copyOf(ours, 8))
                .sized(policy)
                .raw(java.util.Arrays.copyOfRange(ours, 10, ours.length))
                .bytes();
        if (!bound) {
            all[7] &= (byte) ~(TpmTemplates.FIXED_TPM | TpmTemplates.FIXED_PARENT);
        }
        return all;
    }

    private static void duplicate(Tpm tpm, Tpm.Loaded root, byte[] template) throws Exception {
        TpmSession session = tpm.startSession(root, TpmSession.HMAC);
        Tpm.Loaded key = tpm.load(session, root, tpm.create(session, root, template, SECRET));
        TpmSession policy = tpm.startSession(root, TpmSession.POLICY);
        try {
            tpm.run(new TpmCommand("TPM2_PolicyCommandCode", 0x16c)
                    .on(policy.handle())
                    .parameters(new TpmWriter().u32(DUPLICATE)));
            tpm.run(new TpmCommand("TPM2_Duplicate", DUPLICATE)
                    .on(key.handle(), key.publicArea().name())
                    .on(Tpm.NULL_HANDLE)
                    .through(policy, Authorisation.NONE)
                    .sized(new byte[0])
                    .parameters(new TpmWriter().u16(TpmTemplates.NULL)));
        } finally {
            tpm.flush(policy.handle());
            tpm.flush(key.handle());
            tpm.flush(session.handle());
        }
    }

    @Test
    void aKeyOfOursIsNotDuplicated() throws Exception {
        element.close();
        try (Tpm tpm = new Tpm(TpmVault.transport(swtpm.address(), PATIENCE), RANDOM)) {
            Tpm.Loaded root = new Tpm.Loaded(TpmVault.ROOT, tpm.readPublic(TpmVault.ROOT));
            duplicate(tpm, root, template(false)); // positive control: without what binds it, it goes
            assertThatThrownBy(() -> duplicate(tpm, root, template(true)))
                    .isInstanceOf(Tpm.Refusal.class)
                    .hasMessageContaining("TPM2_Duplicate 0x182 TPM_RC_ATTRIBUTES");
        }
    }

    /** The power goes: nothing after it is done, not even clearing up. */
    private static final class PowerCut extends Error {}

    @ParameterizedTest
    @EnumSource(DurableFile.Step.class)
    void aPowerCutAtAnyStepLeavesTheKeyOrNone(DurableFile.Step step) throws Exception {
        element.generate(Slot.TLS, KeySpec.P256).sign(new byte[1]);
        TpmKeyFile.Wrapped made = TpmKeyFile.read(directory.resolve("element").resolve("tls.tpmkey"))
                .orElseThrow();
        Path place = directory.resolve("element").resolve("media.tpmkey");
        assertThatThrownBy(
                        () -> DurableFile.write(place, TpmKeyFile.encode(made), DurableFile.Readers.OWNER, reached -> {
                            if (reached == step) {
                                throw new PowerCut();
                            }
                        }))
                .isInstanceOf(PowerCut.class);
        swtpm.cutPower();
        Optional<byte[]> signature = element.key(Slot.MEDIA).isPresent()
                ? Optional.of(element.key(Slot.MEDIA).orElseThrow().sign(new byte[1]))
                : Optional.empty();
        assertThat(signature.isPresent()).isEqualTo(step.compareTo(DurableFile.Step.RENAMED) >= 0);
        assertThat(element.key(Slot.TLS).orElseThrow().sign(new byte[1]))
                .as("positive control: the other key")
                .isNotEmpty();
    }
}
