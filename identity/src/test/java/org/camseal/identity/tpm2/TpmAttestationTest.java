package org.camseal.identity.tpm2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.interfaces.ECPublicKey;
import java.time.Duration;
import org.camseal.identity.Attestation;
import org.camseal.identity.ElementFault;
import org.camseal.identity.IdentityException;
import org.camseal.identity.KeySpec;
import org.camseal.identity.Slot;
import org.camseal.identity.tpm2.TpmAttestationCheck.Finding;
import org.camseal.identity.tpm2.TpmCommand.Authorisation;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TpmAttestationTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final SecureRandom RANDOM = new SecureRandom();

    @TempDir
    private Path directory;

    private Swtpm swtpm;
    private Tpm2Element element;
    private PublicKey key;
    private byte[] signer;
    private final byte[] nonce = new byte[32];

    @BeforeAll
    static void peers() {
        Swtpm.require();
    }

    @BeforeEach
    void start() throws Exception {
        swtpm = new Swtpm(directory.resolve("tpm"));
        element = open(swtpm, "element");
        key = element.generate(Slot.MEDIA, KeySpec.P256).publicKey();
        signer = element.attestationKey();
        RANDOM.nextBytes(nonce);
    }

    @AfterEach
    void end() {
        element.close();
        swtpm.close();
    }

    private Tpm2Element open(Swtpm tpm, String home) throws IdentityException {
        Tpm2Element.prepare(directory.resolve(home), tpm.address(), PATIENCE, RANDOM);
        return Tpm2Element.open(directory.resolve(home), tpm.address(), PATIENCE, RANDOM);
    }

    private static Attestation of(byte[] statement, byte[] signature, byte[] described, byte[] signer) {
        return new Attestation(Attestation.Format.TPM2, statement, signature, described, signer);
    }

    private Finding judged(Attestation attestation) {
        return TpmAttestationCheck.check(attestation, signer, nonce, key);
    }

    @Test
    void aTrueStatementIsGenuineAndNoOtherIs() throws Exception {
        Attestation good = element.attest(Slot.MEDIA, nonce);
        assertThat(judged(good)).as("positive control").isEqualTo(Finding.GENUINE);
        assertThat(TpmAttestationCheck.check(good, signer, new byte[32], key)).isEqualTo(Finding.WRONG_NONCE);
        byte[] otherNonce = new byte[32];
        assertThat(judged(element.attest(Slot.MEDIA, otherNonce))).isEqualTo(Finding.WRONG_NONCE);

        PublicKey tls = element.generate(Slot.TLS, KeySpec.P256).publicKey();
        Attestation ofTls = element.attest(Slot.TLS, nonce);
        assertThat(TpmAttestationCheck.check(ofTls, signer, nonce, tls)).isEqualTo(Finding.GENUINE);
        assertThat(judged(ofTls)).isEqualTo(Finding.OTHER_KEY);
        assertThat(judged(of(good.statement(), good.signature(), ofTls.keyDescription(), signer)))
                .isEqualTo(Finding.WRONG_NAME);
        assertThat(judged(of(good.statement(), ofTls.signature(), good.keyDescription(), signer)))
                .isEqualTo(Finding.WRONG_SIGNATURE);
    }

    @Test
    void everyAlterationIsFound() throws Exception {
        Attestation good = element.attest(Slot.MEDIA, nonce);
        for (int at = 0; at < good.statement().length; at += 3) {
            byte[] altered = good.statement();
            altered[at] ^= 4;
            assertThat(judged(of(altered, good.signature(), good.keyDescription(), signer)))
                    .isEqualTo(Finding.WRONG_SIGNATURE);
        }
        for (int at = 0; at < good.keyDescription().length; at++) {
            byte[] altered = good.keyDescription();
            altered[at] ^= 4;
            assertThat(judged(of(good.statement(), good.signature(), altered, signer)))
                    .isIn(Finding.WRONG_NAME, Finding.MALFORMED);
        }
        for (int length = 0; length < good.signature().length; length++) {
            byte[] cut = java.util.Arrays.copyOf(good.signature(), length);
            assertThat(judged(of(good.statement(), cut, good.keyDescription(), signer)))
                    .isIn(Finding.MALFORMED, Finding.WRONG_SIGNATURE);
        }
        assertThat(judged(good)).isEqualTo(Finding.GENUINE);
    }

    @Test
    void statementsByAnotherTpmAreAStrangers() throws Exception {
        try (Swtpm other = new Swtpm(directory.resolve("other"));
                Tpm2Element stranger = open(other, "stranger")) {
            PublicKey theirs = stranger.generate(Slot.MEDIA, KeySpec.P256).publicKey();
            Attestation statement = stranger.attest(Slot.MEDIA, nonce);
            assertThat(TpmAttestationCheck.check(statement, signer, nonce, theirs))
                    .isEqualTo(Finding.STRANGE_SIGNER);
            assertThat(TpmAttestationCheck.check(statement, stranger.attestationKey(), nonce, theirs))
                    .as("positive control")
                    .isEqualTo(Finding.GENUINE);
        }
    }

    @Test
    void aSignerThatSignsAnythingProvesNothing() throws Exception {
        Attestation good = element.attest(Slot.MEDIA, nonce);
        element.generate(Slot.TLS, KeySpec.P256);
        TpmKeyFile.Wrapped unrestricted = TpmKeyFile.read(
                        directory.resolve("element").resolve("tls.tpmkey"))
                .orElseThrow();
        byte[] area = unrestricted.publicArea().area();
        Attestation forged = of(good.statement(), good.signature(), good.keyDescription(), area);
        assertThat(TpmAttestationCheck.check(forged, area, nonce, key)).isEqualTo(Finding.STRANGE_SIGNER);
    }

    @Test
    void aKeyThatCouldLeaveItsTpmIsFoundOut() throws Exception {
        element.close();
        // the same kind of key, but without fixedTPM and fixedParent: TPM2_Duplicate could take it elsewhere
        byte[] template = TpmTemplates.signing(KeySpec.P256);
        template[7] &= (byte) ~(TpmTemplates.FIXED_TPM | TpmTemplates.FIXED_PARENT);
        TpmKeyFile.Wrapped signing = TpmKeyFile.read(
                        directory.resolve("element").resolve("attestation.tpmkey"))
                .orElseThrow();
        try (Tpm tpm = new Tpm(TpmVault.transport(swtpm.address(), PATIENCE), RANDOM)) {
            Tpm.Loaded root = new Tpm.Loaded(TpmVault.ROOT, tpm.readPublic(TpmVault.ROOT));
            TpmSession session = tpm.startSession(root, TpmSession.HMAC);
            TpmSession second = tpm.startSession(root, TpmSession.HMAC);
            TpmKeyFile.Wrapped loose = tpm.create(session, root, template, new Authorisation(new byte[] {1, 2, 3}));
            Tpm.Loaded loaded = tpm.load(session, root, loose);
            Tpm.Loaded by = tpm.load(session, root, signing);
            TpmReader in =
                    tpm.certify(session, second, loaded, loose.authorisation(), by, signing.authorisation(), nonce);
            Attestation statement = of(in.sized(), in.rest(), loose.publicArea().area(), signer);
            assertThat(TpmAttestationCheck.check(
                            statement, signer, nonce, loose.publicArea().key()))
                    .isEqualTo(Finding.LEAVES_THE_TPM);
        }
        element = open(swtpm, "element");
        assertThat(judged(element.attest(Slot.MEDIA, nonce)))
                .as("positive control")
                .isEqualTo(Finding.GENUINE);
    }

    @Test
    void onlyTheTpmWithBothKeysAnswersAChallenge() throws Exception {
        element.close(); // swtpm serves one connection after the other
        ECPublicKey endorsement = (ECPublicKey) TpmRoot.endorsementKey(swtpm.address(), PATIENCE, RANDOM);
        CredentialChallenge.Asked asked = CredentialChallenge.of(endorsement, signer, RANDOM);
        assertThat(element.answer(asked.challenge())).isEqualTo(asked.expected());
        assertThat(CredentialChallenge.of(endorsement, signer, RANDOM).expected())
                .as("no two questions are the same")
                .isNotEqualTo(asked.expected());
        try (Swtpm other = new Swtpm(directory.resolve("other"));
                Tpm2Element stranger = open(other, "stranger")) {
            CredentialChallenge.Asked forStranger =
                    CredentialChallenge.of(endorsement, stranger.attestationKey(), RANDOM);
            assertForeign(() -> element.answer(forStranger.challenge())); // right TPM, another attestation key
            assertForeign(() -> stranger.answer(asked.challenge())); // another TPM
        }
        assertThat(element.answer(asked.challenge())).as("positive control").isEqualTo(asked.expected());
    }

    private static void assertForeign(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call)
                .hasMessageContaining("TPM_RC_INTEGRITY")
                .isInstanceOfSatisfying(
                        IdentityException.Element.class,
                        e -> assertThat(e.fault()).isEqualTo(ElementFault.FOREIGN));
    }
}
