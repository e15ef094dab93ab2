package org.camseal.identity.tpm2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.camseal.identity.ElementFault;
import org.camseal.identity.IdentityException;
import org.camseal.identity.KeySpec;
import org.camseal.identity.Pem;
import org.camseal.identity.SecureElement;
import org.camseal.identity.Slot;
import org.camseal.identity.backends.ElementAddress;
import org.camseal.peers.Peer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a TPM's maker put into it, and a TPM that has an owner. */
class TpmMakerTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Peer SETUP = new Peer("swtpm_setup", "swtpm-tools");
    private static final int P256_CERTIFICATE = 0x01c0000a;

    @TempDir
    private Path directory;

    @BeforeAll
    static void peers() {
        Swtpm.require();
    }

    private Tpm2Element open(Swtpm swtpm) throws IdentityException {
        Path home = directory.resolve("element");
        Tpm2Element.prepare(home, swtpm.address(), PATIENCE, RANDOM);
        return Tpm2Element.open(home, swtpm.address(), PATIENCE, RANDOM);
    }

    private static void assertRefused(ElementFault fault, String text, ThrowingCallable call) {
        assertThatThrownBy(call)
                .hasMessageContaining(text)
                .isInstanceOfSatisfying(
                        IdentityException.Element.class,
                        e -> assertThat(e.fault()).as(e.getMessage()).isEqualTo(fault));
    }

    /** As the maker of a virtual machine's TPM does it, with an authority of its own in our directory. */
    private Path manufactured() throws Exception {
        SETUP.require();
        Path state = Files.createDirectories(directory.resolve("tpm"));
        Path options = Files.writeString(directory.resolve("localca.options"), """
                --platform-manufacturer test
                --platform-version 1
                --platform-model test
                """);
        Path authority = Files.writeString(
                directory.resolve("localca.conf"),
                "statedir = %1$s\nsigningkey = %1$s/signkey.pem\nissuercert = %1$s/issuercert.pem\ncertserial = %1$s/certserial\n"
                        .formatted(Files.createDirectories(directory.resolve("ca"))));
        Path configuration = Files.writeString(
                directory.resolve("setup.conf"),
                "create_certs_tool = /usr/bin/swtpm_localca\ncreate_certs_tool_config = " + authority
                        + "\ncreate_certs_tool_options = " + options + "\n");
        SETUP.run(
                        "--tpm2",
                        "--tpmstate",
                        state.toString(),
                        "--config",
                        configuration.toString(),
                        "--createek",
                        "--create-ek-cert")
                .good();
        return state;
    }

    @Test
    void theMakersCertificatesAreRead() throws Exception {
        Path state = manufactured();
        X509Certificate issuer =
                Pem.readCertificates(directory.resolve("ca/issuercert.pem")).getFirst();
        try (Swtpm swtpm = new Swtpm(state);
                Tpm2Element element = open(swtpm)) {
            List<X509Certificate> found = element.makerCertificates();
            assertThat(found)
                    .extracting(one -> one.getPublicKey().getAlgorithm())
                    .contains("RSA", "EC");
            for (X509Certificate certificate : found) {
                certificate.verify(issuer.getPublicKey());
            }
        }
    }

    @Test
    void aChallengeToTheCertifiedKeyIsAnswered() throws Exception {
        try (Swtpm swtpm = new Swtpm(directory.resolve("tpm"))) {
            try (Tpm2Element element = open(swtpm)) {
                assertThat(element.makerCertificates()).as("none yet").isEmpty();
            }
            PublicKey endorsement = TpmRoot.endorsementKey(swtpm.address(), PATIENCE, RANDOM);
            X509Certificate certificate = certified(endorsement);
            burn(swtpm, certificate.getEncoded());
            try (Tpm2Element element = open(swtpm)) {
                List<X509Certificate> found = element.makerCertificates();
                assertThat(found).containsExactly(certificate);
                CredentialChallenge.Asked asked = CredentialChallenge.of(
                        (ECPublicKey) found.getFirst().getPublicKey(), element.attestationKey(), RANDOM);
                assertThat(element.answer(asked.challenge())).isEqualTo(asked.expected());
            }
        }
    }

    @Test
    void whatIsNoCertificateIsSaidToBeNone() throws Exception {
        try (Swtpm swtpm = new Swtpm(directory.resolve("tpm"))) {
            burn(swtpm, new byte[700]);
            try (Tpm2Element element = open(swtpm)) {
                assertRefused(ElementFault.FAILED, "0x1c0000a", element::makerCertificates);
                assertThat(element.generate(Slot.TLS, KeySpec.P256).sign(new byte[1]))
                        .as("positive control: the TPM works")
                        .isNotEmpty();
            }
        }
    }

    private static X509Certificate certified(PublicKey key) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        KeyPair maker = generator.generateKeyPair();
        return new JcaX509CertificateConverter()
                .getCertificate(new JcaX509v3CertificateBuilder(
                                new X500Name("CN=maker"),
                                BigInteger.ONE,
                                Date.from(Instant.EPOCH),
                                Date.from(Instant.now().plusSeconds(3600)),
                                new X500Name("CN=endorsement key"),
                                key)
                        .build(new JcaContentSignerBuilder("SHA256withECDSA").build(maker.getPrivate())));
    }

    /** Puts bytes where the certificate of the P-256 key belongs, readable for everybody. */
    private static void burn(Swtpm swtpm, byte[] bytes) throws Exception {
        try (Tpm tpm = new Tpm(TpmVault.transport(swtpm.address(), PATIENCE), RANDOM)) {
            int ownerWrites = 1 << 1;
            int ownerReads = 1 << 17;
            int everybodyReads = 1 << 18;
            int noGuessing = 1 << 25;
            byte[] area = new TpmWriter()
                    .u32(P256_CERTIFICATE)
                    .u16(TpmPublic.SHA256)
                    .u32(ownerWrites | ownerReads | everybodyReads | noGuessing)
                    .u16(0)
                    .u16(bytes.length)
                    .bytes();
            tpm.run(new TpmCommand("TPM2_NV_DefineSpace", 0x12a)
                    .on(Tpm.OWNER)
                    .withEmptyPassword()
                    .parameters(new TpmWriter().u16(0).sized(area)));
            for (int at = 0; at < bytes.length; at += 512) {
                byte[] part = Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + 512));
                tpm.run(new TpmCommand("TPM2_NV_Write", 0x137)
                        .on(Tpm.OWNER)
                        .on(P256_CERTIFICATE)
                        .withEmptyPassword()
                        .parameters(new TpmWriter().sized(part).u16(at)));
            }
        }
    }

    @Test
    void aTpmWithAnOwnerIsPreparedWithTheOwnersPasswordWhichIsNotSent() throws Exception {
        byte[] password = "an owner's password".getBytes(StandardCharsets.UTF_8);
        try (Swtpm swtpm = new Swtpm(directory.resolve("tpm"));
                TpmProxy wire = new TpmProxy(swtpm)) {
            try (Tpm tpm = new Tpm(TpmVault.transport(wire.address(), PATIENCE), RANDOM)) {
                tpm.run(new TpmCommand("TPM2_HierarchyChangeAuth", 0x129)
                        .on(Tpm.OWNER)
                        .withEmptyPassword()
                        .sized(password));
            }
            assertThat(wire.frames())
                    .as("positive control: an owner who sends it in clear is seen")
                    .anyMatch(frame -> TpmProxy.contains(frame, password));
            wire.frames().clear();
            Path home = directory.resolve("element");
            assertRefused(
                    ElementFault.WRONG_AUTHORISATION,
                    "owner-password-file=FILE (0x9a2 TPM_RC_BAD_AUTH",
                    () -> Tpm2Element.prepare(home, wire.address(), PATIENCE, RANDOM));
            assertRefused(
                    ElementFault.WRONG_AUTHORISATION,
                    "another password (0x9a2 TPM_RC_BAD_AUTH",
                    () -> Tpm2Element.prepare(home, wire.address(), new byte[] {1}, PATIENCE, RANDOM));
            Path file = Files.write(directory.resolve("password"), password);
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
            ElementAddress address = ElementAddress.parse("tpm2:" + wire.address() + "?owner-password-file=" + file);
            ElementAddress.prepare(address, home, RANDOM);
            try (SecureElement element = ElementAddress.open(address, home, RANDOM)) {
                assertThat(element.generate(Slot.TLS, KeySpec.P256).sign(new byte[1]))
                        .isNotEmpty();
            }
            assertThat(wire.frames()).hasSizeGreaterThan(20).noneMatch(frame -> TpmProxy.contains(frame, password));
        }
    }
}
