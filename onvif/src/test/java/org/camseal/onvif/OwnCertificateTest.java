package org.camseal.onvif;

import static org.assertj.core.api.Assertions.assertThat;
import static org.camseal.onvif.SecurityClient.NAMES;
import static org.camseal.onvif.SecurityClient.id;
import static org.camseal.onvif.SecurityClient.replace;
import static org.camseal.onvif.SecurityClient.request;
import static org.camseal.onvif.SoapClient.texts;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.camseal.identity.Pem;
import org.camseal.identity.Slot;
import org.camseal.onvif.keystore.ServedCertificate;
import org.camseal.peers.Peer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A key of RSA, and a certificate that it signs itself, in the order in which a client goes. */
@Timeout(240)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class OwnCertificateTest {
    /** sha256WithRSAEncryption, as many clients ask for. */
    private static final String SHA_256_RSA_PKCS_1 = "1.2.840.113549.1.1.11";

    private static final TopicFilter ALL_TOPICS = new TopicFilter(List.of());

    /** Who makes keys of RSA does so when the test lets it. */
    private static final Queue<Runnable> MAKERS = new ConcurrentLinkedQueue<>();

    @TempDir
    private static Path directory;

    private static RunningHouse running;
    private static TestHouse house;
    private static SecurityClient security;

    @BeforeAll
    static void start() throws Exception {
        running = RunningHouse.start(directory, InstantSource.system(), MAKERS::add, Optional.empty());
        house = running.house();
        security = new SecurityClient(running.client());
    }

    @AfterAll
    static void stop() {
        running.close();
    }

    private static String own(String key, String more) {
        return "<Subject><CommonName>cam</CommonName><DistinguishedNameQualifier>q</DistinguishedNameQualifier></Subject>"
                + id("KeyID", key)
                + more
                + "<SignatureAlgorithm><algorithm>" + CertificateArguments.RSASSA_PSS
                + "</algorithm></SignatureAlgorithm><Extension><extnOID>2.5.29.17</extnOID><critical>false</critical>"
                + id("extnValue", NAMES) + "</Extension>";
    }

    @Test
    @Order(1)
    void aKeyOfRsaIsMadeWhileOthersGoOn() throws Exception {
        Subscription told =
                running.onvif().events().subscribe(ALL_TOPICS, Instant.now().plusSeconds(600));
        told.pull(Duration.ZERO, Integer.MAX_VALUE);
        security.fault("CreateRSAKeyPair", id("KeyLength", "1024"), "KeyLength");
        assertThat(security.good("CreateRSAKeyPair", id("KeyLength", "2048")))
                .contains("<tas:KeyID>tls-custom<", "<tas:EstimatedCreationTime>PT2S<");
        assertThat(security.good("GetKeyStatus", id("KeyID", "tls-custom"))).contains("<tas:KeyStatus>generating<");
        assertThat(texts(security.good("GetAllKeys", ""), "KeyStatus")).containsExactly("ok", "ok", "generating");
        security.fault("CreatePKCS10CSR", request("tls-custom", CertificateArguments.RSASSA_PSS), "InvalidKeyStatus");
        security.fault("CreateRSAKeyPair", id("KeyLength", "2048"), "MaximumNumberOfKeysReached");
        security.good("DeleteKey", id("KeyID", "tls-custom"));
        security.fault("GetKeyStatus", id("KeyID", "tls-custom"), "KeyID");
        security.fault("CreateRSAKeyPair", id("KeyLength", "2048"), "MaximumNumberOfKeysReached");
        MAKERS.remove().run();
        assertThat(house.identity().element().key(Slot.TLS_CUSTOM))
                .as("given up")
                .isEmpty();
        security.good("CreateRSAKeyPair", id("KeyLength", "2048"));
        MAKERS.remove().run();
        assertThat(security.good("GetKeyStatus", id("KeyID", "tls-custom"))).contains("<tas:KeyStatus>ok<");
        assertThat(told.pull(Duration.ZERO, Integer.MAX_VALUE).stream()
                        .map(notice -> notice.event().data()))
                .containsExactly(List.of("", "generating"), List.of("", "generating"), List.of("generating", "ok"));
        running.onvif().events().end(told);
        security.fault("CreatePKCS10CSR", request("tls-custom", SHA_256_RSA_PKCS_1), "UnsupportedSignatureAlgorithm");
        security.fault(
                "CreatePKCS10CSR",
                request("tls-custom", CertificateArguments.ECDSA_SHA_256),
                "KeySignatureAlgorithmMismatch");
        String csr = texts(
                        security.good("CreatePKCS10CSR", request("tls-custom", CertificateArguments.RSASSA_PSS)),
                        "PKCS10CSR")
                .getFirst();
        Path file = directory.resolve("rsa.csr");
        Files.write(file, Base64.getDecoder().decode(csr));
        assertThat(Peer.OPENSSL
                        .run("req", "-verify", "-noout", "-text", "-inform", "DER", "-in", file.toString())
                        .good()
                        .all())
                .contains("rsassaPss", "DNS:cam.example.com", "(2048 bit)")
                .containsIgnoringCase("verify OK");
    }

    @Test
    @Order(2)
    void itsOwnCertificateIsMadeAndShown() throws Exception {
        security.fault(
                "CreateSelfSignedCertificate", own("tls-custom", id("X509Version", "1")), "UnsupportedX509Version");
        security.fault("CreateSelfSignedCertificate", own("tls", ""), "CertificateCreationFailed");
        security.fault(
                "CreateSelfSignedCertificate", own("tls-custom", id("notValidAfter", "tomorrow")), "InvalidDateTime");
        security.fault(
                "CreateSelfSignedCertificate",
                own("tls-custom", id("notValidAfter", "2000-01-01T00:00:00Z")),
                "InvalidDateTime");
        assertThat(house.custom().certified()).isEmpty();
        String own = texts(security.good("CreateSelfSignedCertificate", own("tls-custom", "")), "CertificateID")
                .getFirst();
        assertThat(house.custom().certified()).as("made, not yet shown").isEmpty();
        byte[] der = Base64.getDecoder()
                .decode(texts(security.good("GetCertificate", id("CertificateID", own)), "CertificateContent")
                        .getFirst());
        X509Certificate made = Pem.certificate(der, "its own");
        assertThat(made.getNotAfter().toInstant()).isEqualTo(Instant.parse("9999-12-31T23:59:59Z"));
        Path file = directory.resolve("own.pem");
        Pem.writeCertificates(file, List.of(made));
        assertThat(Peer.OPENSSL
                        .run("verify", "-CAfile", file.toString(), "-verify_ip", "127.0.0.1", file.toString())
                        .good()
                        .out())
                .contains("OK");
        String path = texts(
                        security.good(
                                "CreateCertificationPath",
                                "<CertificateIDs>" + id("CertificateID", own) + "</CertificateIDs>"),
                        "CertificationPathID")
                .getFirst();
        security.fault("RemoveServerCertificateAssignment", id("CertificationPathID", path), "OldCertificationPathID");
        security.fault("RemoveServerCertificateAssignment", id("CertificationPathID", "path-tls"), "ReferenceExists");
        security.fault("AddServerCertificateAssignment", id("CertificationPathID", "path-media"), "NoPrivateKey");
        security.fault("AddServerCertificateAssignment", id("CertificationPathID", "nowhere"), "CertificationPathID");
        security.good("AddServerCertificateAssignment", id("CertificationPathID", "path-tls"));
        security.good("ReplaceServerCertificateAssignment", replace("path-tls", path));
        assertThat(house.served().choice()).isEqualTo(ServedCertificate.Choice.OWNER);
        assertThat(house.custom().certified().orElseThrow().chain()).containsExactly(made);
        security.good("AddServerCertificateAssignment", id("CertificationPathID", path));
        security.good("ReplaceServerCertificateAssignment", replace(path, "path-tls"));
        security.good("DeleteKey", id("KeyID", "tls-custom"));
    }
}
