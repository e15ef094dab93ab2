package org.camseal.authority.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.SignatureException;
import java.security.cert.CRLReason;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509CRLEntry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.camseal.authority.AuthorityException;
import org.camseal.identity.KeyHandle;
import org.camseal.identity.KeySpec;
import org.camseal.identity.SecureElement;
import org.camseal.identity.Slot;
import org.camseal.identity.SoftwareSecureElement;
import org.camseal.identity.backends.ElementAddress;
import org.camseal.peers.Peer;
import org.camseal.peers.PeerOutcome;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lists as openssl and the Java platform read them. */
class RevocationListTest {
    @TempDir
    private Path directory;

    private StatusWorld world;

    @BeforeEach
    void world() throws Exception {
        world = new StatusWorld(directory);
    }

    private RevocationList list(InstantSource clock) {
        return new RevocationList(world.listIssuer(), directory.resolve("issuing.crl"), Duration.ofDays(7), clock);
    }

    private X509CRL read() throws Exception {
        byte[] der = Files.readAllBytes(directory.resolve("issuing.crl"));
        X509CRL list = (X509CRL) CertificateFactory.getInstance("X.509").generateCRL(new ByteArrayInputStream(der));
        list.verify(world.issuing.getPublicKey());
        assertThat(list.getEncoded()).as("DER, and nothing behind it").isEqualTo(der);
        return list;
    }

    private PeerOutcome verify(BigInteger device) throws Exception {
        Path pem = directory.resolve("issuing.crl.pem");
        Peer.OPENSSL
                .run(
                        "crl",
                        "-inform",
                        "DER",
                        "-in",
                        directory.resolve("issuing.crl").toString(),
                        "-out",
                        pem.toString())
                .good();
        return Peer.OPENSSL.run(
                "verify",
                "-crl_check",
                "-CRLfile",
                pem.toString(),
                "-CAfile",
                directory.resolve("issuing.pem").toString(),
                world.device(device).toString());
    }

    @Test
    void opensslReadsItAndRefusesTheRevokedOneAlone() throws Exception {
        RevocationList.Written written = list(InstantSource.system()).write();
        assertThat(written.entries()).isEqualTo(1);
        assertThat(written.bytes()).isEqualTo(Files.size(directory.resolve("issuing.crl")));
        PeerOutcome shown = Peer.OPENSSL
                .run(
                        "crl",
                        "-inform",
                        "DER",
                        "-in",
                        directory.resolve("issuing.crl").toString(),
                        "-CAfile",
                        directory.resolve("issuing.pem").toString(),
                        "-noout",
                        "-text")
                .good();
        assertThat(shown.all())
                .contains("verify OK", "Serial Number: 1002", "Key Compromise", "Feb  3 04:05:06 2026 GMT")
                .contains("X509v3 CRL Number", "X509v3 Authority Key Identifier");
        assertThat(verify(StatusWorld.GOOD).good().all()).contains("OK");
        PeerOutcome revoked = verify(StatusWorld.REVOKED);
        assertThat(revoked.exitCode()).isNotZero();
        assertThat(revoked.all()).contains("certificate revoked");
    }

    @Test
    void aListOfNobodyIsWhole() throws Exception {
        world.statuses.known.clear();
        list(InstantSource.system()).write();
        assertThat(read().getRevokedCertificates()).isNull();
        assertThat(verify(StatusWorld.REVOKED).good().all()).contains("OK");
    }

    /** Longer than what an element takes at once: signed by its digest, its lengths in three bytes. */
    @Test
    void aLongListIsSignedByItsDigest() throws Exception {
        addTwentyThousand();
        RevocationList.Written written = list(InstantSource.system()).write();
        assertThat(written.bytes()).isGreaterThan(KeyHandle.MAX_MESSAGE);
        X509CRL list = read();
        assertThat(list.getRevokedCertificates()).hasSize(20_001);
        X509CRLEntry bare =
                list.getRevokedCertificate(BigInteger.ONE.shiftLeft(120).add(BigInteger.valueOf(3)));
        assertThat(bare.hasExtensions()).isFalse();
        assertThat(bare.getRevocationDate()).isEqualTo(java.util.Date.from(StatusWorld.NOW.minusSeconds(3)));
        X509CRLEntry full =
                list.getRevokedCertificate(BigInteger.ONE.shiftLeft(120).add(BigInteger.valueOf(4)));
        assertThat(full.getRevocationReason()).isEqualTo(CRLReason.SUPERSEDED);
        assertThat(full.getExtensionValue("2.5.29.24")).isNotNull();
    }

    /** The key's place does not matter: here a process of its own, behind a queue, which takes a megabyte at once. */
    @Test
    void aLongListIsSignedByAKeyInAnotherProcess() throws Exception {
        addTwentyThousand();
        SecureRandom random = new SecureRandom();
        Path place = directory.resolve("soft");
        ElementAddress soft = new ElementAddress.Soft();
        ElementAddress.prepare(soft, place, random);
        try (SecureElement element = ElementAddress.open(soft, place, random)) {
            KeyHandle key = element.generate(Slot.ISSUING, KeySpec.P256);
            RevocationList list = new RevocationList(
                    new RevocationList.Issuer(world.issuing, key, world.statuses),
                    directory.resolve("soft.crl"),
                    Duration.ofDays(7),
                    InstantSource.system());
            assertThat(list.write().bytes()).isGreaterThan(KeyHandle.MAX_MESSAGE);
            try (InputStream in = Files.newInputStream(directory.resolve("soft.crl"))) {
                X509CRL read = (X509CRL) CertificateFactory.getInstance("X.509").generateCRL(in);
                read.verify(key.publicKey());
                assertThat(read.getRevokedCertificates()).hasSize(20_001);
                assertThatThrownBy(() -> read.verify(world.issuing.getPublicKey()))
                        .as("positive control: it is looked at whose signature it is")
                        .isInstanceOf(SignatureException.class);
            }
        }
    }

    private void addTwentyThousand() {
        for (int i = 0; i < 20_000; i++) {
            BigInteger number = BigInteger.ONE.shiftLeft(120).add(BigInteger.valueOf(i));
            Optional<Instant> since = i % 2 == 0 ? Optional.of(Instant.EPOCH) : Optional.empty();
            CRLReason reason = i % 3 == 0 ? CRLReason.UNSPECIFIED : CRLReason.SUPERSEDED;
            world.statuses.known.put(number, new Revoked(number, StatusWorld.NOW.minusSeconds(i), reason, since));
        }
    }

    @Test
    void numbersGoUpThoughTheClockGoesBack() throws Exception {
        BigInteger first = list(InstantSource.fixed(StatusWorld.NOW)).write().number();
        BigInteger second = list(InstantSource.fixed(StatusWorld.NOW.minusSeconds(500)))
                .write()
                .number();
        BigInteger third = list(InstantSource.fixed(StatusWorld.NOW)).write().number();
        assertThat(second).isGreaterThan(first);
        assertThat(third).isGreaterThan(second);
    }

    @Test
    void aRegisterThatFailsLeavesTheOldListAndNothingHalf() throws Exception {
        list(InstantSource.system()).write();
        byte[] before = Files.readAllBytes(directory.resolve("issuing.crl"));
        world.statuses.broken = true;
        assertThatThrownBy(() -> list(InstantSource.system()).write())
                .isInstanceOf(AuthorityException.Store.class)
                .hasMessageContaining("register is away");
        assertThat(Files.readAllBytes(directory.resolve("issuing.crl"))).isEqualTo(before);
        try (var files = Files.list(directory)) {
            assertThat(files.map(String::valueOf)).noneMatch(name -> name.endsWith(".tmp"));
        }
    }

    @Test
    void onlyIssuingKeysSignDigestsAndOnlyOfTheirHash() throws Exception {
        byte[] digest = new byte[32];
        assertThat(world.issuingKey.signDigest(digest)).isNotEmpty();
        assertThatThrownBy(() -> world.issuingKey.signDigest(new byte[48])).hasMessageContaining("of their own hash");
        assertThatThrownBy(() -> world.signer.key().signDigest(digest))
                .hasMessageContaining("tls key signs no digests");
        KeyHandle rsa = SoftwareSecureElement.open(directory.resolve("rsa"), new SecureRandom())
                .generate(Slot.ISSUING, KeySpec.RSA2048);
        assertThatThrownBy(() -> rsa.signDigest(digest)).hasMessageContaining("only ECDSA keys do");
    }
}
