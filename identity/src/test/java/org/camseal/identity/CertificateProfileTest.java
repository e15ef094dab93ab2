package org.camseal.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import org.camseal.peers.Peer;
import org.camseal.peers.PeerOutcome;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What openssl sees in the certificates, and what the profiles of device certificates demand. */
class CertificateProfileTest {
    @TempDir
    private static Path directory;

    private static House house;

    @BeforeAll
    static void build() throws Exception {
        Peer.OPENSSL.require();
        house = new House(directory.resolve("house"), java.time.InstantSource.system());
    }

    private static String text(X509Certificate certificate) throws Exception {
        PeerOutcome result = Peer.OPENSSL.feed(Pem.encode(List.of(certificate)), "x509", "-noout", "-text");
        assertThat(result.exitCode()).as(result.all()).isZero();
        return result.out();
    }

    private static PeerOutcome verify(X509Certificate root, List<X509Certificate> chain, String... purpose)
            throws Exception {
        Path roots = Files.writeString(directory.resolve("root.pem"), Pem.encode(List.of(root)));
        Path issuing = Files.writeString(directory.resolve("issuing.pem"), Pem.encode(chain.subList(1, chain.size())));
        Path leaf = Files.writeString(directory.resolve("leaf.pem"), Pem.encode(chain.subList(0, 1)));
        List<String> command =
                new java.util.ArrayList<>(List.of("verify", "-x509_strict", "-no-CApath", "-no-CAstore"));
        command.addAll(List.of(purpose));
        command.addAll(List.of("-CAfile", roots.toString(), "-untrusted", issuing.toString(), leaf.toString()));
        return Peer.OPENSSL.run(command.toArray(String[]::new));
    }

    private static void assertAccepted(X509Certificate root, List<X509Certificate> chain, String... purpose)
            throws Exception {
        PeerOutcome result = verify(root, chain, purpose);
        assertThat(result.exitCode()).as(result.all()).isZero();
        assertThat(result.out()).endsWith("OK\n");
    }

    @Test
    void opensslAcceptsEveryChainForItsPurpose() throws Exception {
        assertAccepted(house.maker.root(), house.camera.tls().chain(), "-purpose", "sslserver");
        assertAccepted(house.maker.root(), house.camera.tls().chain(), "-purpose", "sslclient");
        assertAccepted(house.maker.root(), house.camera.media().chain());
        assertAccepted(house.site.root(), house.recorder.tls().chain(), "-purpose", "sslserver");
        assertAccepted(house.site.root(), house.recorder.tls().chain(), "-purpose", "sslclient");
        assertAccepted(house.site.root(), house.person.tls().chain(), "-purpose", "sslclient");
        assertAccepted(house.site.root(), house.person.recipient().chain());
    }

    @Test
    void opensslRefusesThemElsewhere() throws Exception {
        assertThat(verify(house.site.root(), house.camera.tls().chain()).exitCode())
                .isNotZero();
        assertThat(verify(house.site.root(), house.person.tls().chain(), "-purpose", "sslserver")
                        .exitCode())
                .isNotZero();
        assertThat(verify(house.maker.root(), house.camera.media().chain(), "-purpose", "sslserver")
                        .exitCode())
                .isNotZero();
    }

    @Test
    void deviceTlsIsAnIeee8021ArCertificate() throws Exception {
        X509Certificate leaf = house.camera.tls().chain().getFirst();
        assertThat(text(leaf))
                .contains("Subject: O = Maker, CN = Model X, serialNumber = CS-0001")
                .contains("Not After : Dec 31 23:59:59 9999 GMT")
                .containsPattern("X509v3 Key Usage: critical\\s+Digital Signature\\s")
                .containsPattern("X509v3 Basic Constraints: critical\\s+CA:FALSE")
                .contains("TLS Web Server Authentication, TLS Web Client Authentication")
                .contains(Purpose.DEVICE_TLS.extendedKeyUsages().getFirst())
                .contains("othername: 1.3.6.1.5.5.7.8.4");
        assertThat(leaf.getNotBefore()).isEqualTo(house.maker.issuing().getNotBefore());
        assertThat(leaf.getNotBefore().toInstant())
                .as("a peer whose clock is behind still sees it as valid")
                .isBefore(java.time.Instant.now().minus(java.time.Duration.ofHours(23)));
    }

    @Test
    void theSerialIsInTheHardwareModuleNameToo() throws Exception {
        byte[] der = house.camera.tls().chain().getFirst().getEncoded();
        Path file = Files.write(directory.resolve("leaf.der"), der);
        PeerOutcome result = Peer.OPENSSL.run("asn1parse", "-inform", "DER", "-in", file.toString());
        assertThat(result.all()).contains("serialNumber");
        var names = house.camera.tls().chain().getFirst().getSubjectAlternativeNames();
        assertThat(names).hasSize(1);
        assertThat(new String(der, java.nio.charset.StandardCharsets.ISO_8859_1).split("CS-0001", -1))
                .as("once in the subject, once in the alternative name")
                .hasSize(3);
    }

    @Test
    void theMediaKeyHasItsOwnUsageAndNoOther() throws Exception {
        X509Certificate leaf = house.camera.media().chain().getFirst();
        assertThat(leaf.getExtendedKeyUsage()).isEqualTo(Purpose.MEDIA_SIGNING.extendedKeyUsages());
        assertThat(text(leaf)).doesNotContain("TLS Web").contains("serialNumber = CS-0001");
        assertThat(leaf.getPublicKey())
                .isNotEqualTo(house.camera.tls().chain().getFirst().getPublicKey());
    }

    @Test
    void authoritiesAreRestricted() throws Exception {
        assertThat(text(house.maker.root()))
                .contains("ASN1 OID: secp384r1")
                .contains("ecdsa-with-SHA384")
                .containsPattern("critical\\s+CA:TRUE, pathlen:1")
                .containsPattern("critical\\s+Certificate Sign, CRL Sign");
        assertThat(text(house.maker.issuing()))
                .contains("ASN1 OID: prime256v1")
                .containsPattern("critical\\s+CA:TRUE, pathlen:0");
        assertThat(house.maker.issuing().getExtendedKeyUsage())
                .containsAll(Purpose.DEVICE_TLS.extendedKeyUsages())
                .containsAll(Purpose.MEDIA_SIGNING.extendedKeyUsages())
                .doesNotContainAnyElementsOf(
                        Purpose.RECORDER.extendedKeyUsages().subList(0, 1))
                .doesNotContain(Oids.ANY_USAGE);
    }

    @Test
    void recordersAndPeopleLiveOneYear() throws Exception {
        for (List<X509Certificate> chain : List.of(
                house.recorder.tls().chain(),
                house.person.tls().chain(),
                house.person.recipient().chain())) {
            assertThat(chain.getFirst().getNotAfter().toInstant())
                    .isBetween(
                            java.time.Instant.now().plus(java.time.Duration.ofDays(364)),
                            java.time.Instant.now().plus(java.time.Duration.ofDays(366)));
        }
        assertThat(text(house.person.recipient().chain().getFirst()))
                .containsPattern("X509v3 Key Usage: critical\\s+Key Agreement\\s");
    }

    @Test
    void subjectsAreBounded() {
        assertThat(new CertificateSubject("Maker", "Modèle Ü", "A.b_c:d-9").serial())
                .isEqualTo("A.b_c:d-9");
        for (String serial : List.of("", "-a", "a b", "a/b", "a,b", "ü", "a".repeat(65))) {
            assertThatThrownBy(() -> new CertificateSubject("Maker", "Model", serial))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        for (String name : List.of("", " ", "a\nb", "a".repeat(65))) {
            assertThatThrownBy(() -> new CertificateSubject("Maker", name, "1"))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }
}
