package org.camseal.onvif;

import static org.assertj.core.api.Assertions.assertThat;
import static org.camseal.onvif.SecurityClient.id;
import static org.camseal.onvif.SecurityClient.replace;
import static org.camseal.onvif.SecurityClient.request;
import static org.camseal.onvif.SoapClient.texts;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import org.camseal.onvif.keystore.ServedCertificate;
import org.camseal.peers.OpensslKey;
import org.camseal.peers.Peer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The whole way of an owner's certificate, with openssl as the authority, in the order in which a client goes it. */
@Timeout(240)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SecurityServiceTest {
    private static final TopicFilter ALL_TOPICS = new TopicFilter(List.of());

    @TempDir
    private static Path directory;

    private static RunningHouse running;
    private static TestHouse house;
    private static SecurityClient security;

    @BeforeAll
    static void start() throws Exception {
        running = RunningHouse.start(directory, InstantSource.system());
        house = running.house();
        security = new SecurityClient(running.client());
    }

    @AfterAll
    static void stop() {
        running.close();
    }

    @Test
    @Order(1)
    void whatTheMakerInstalledIsShownAndStays() throws Exception {
        assertThat(texts(security.good("GetAllKeys", ""), "KeyID")).containsExactly("tls", "media");
        assertThat(security.good("GetAllKeys", ""))
                .as("keys of a test are in files, and nothing better is claimed")
                .contains("<tas:securelyStored>false<")
                .doesNotContain("<tas:securelyStored>true<");
        assertThat(texts(security.good("GetAllCertificationPaths", ""), "CertificationPathID"))
                .containsExactly("path-tls", "path-media");
        String path = security.good("GetCertificationPath", id("CertificationPathID", "path-tls"));
        String leaf = texts(path, "CertificateID").getFirst();
        String content = texts(security.good("GetCertificate", id("CertificateID", leaf)), "CertificateContent")
                .getFirst();
        assertThat(Base64.getDecoder().decode(content))
                .isEqualTo(house.identity().tls().chain().getFirst().getEncoded());
        assertThat(texts(security.good("GetAssignedServerCertificates", ""), "CertificationPathID"))
                .containsExactly("path-tls");
        assertThat(texts(security.good("GetAssignedMediaSigningCertificates", ""), "CertificationPathID"))
                .containsExactly("path-media");
        security.fault("DeleteKey", id("KeyID", "tls"), "ReferenceExists");
        security.fault("DeleteKey", id("KeyID", "media"), "ReferenceExists");
        security.fault("DeleteCertificationPath", id("CertificationPathID", "path-media"), "ReferenceExists");
        security.fault("DeleteCertificate", id("CertificateID", leaf), "ReferenceExists");
        security.fault("CreatePKCS10CSR", request("tls", CertificateArguments.ECDSA_SHA_256), "CSRCreationFailed");
        security.fault("CreatePKCS10CSR", request("media", CertificateArguments.ECDSA_SHA_256), "CSRCreationFailed");
    }

    @Test
    @Order(1)
    void thePathOfTheMakersSigningKeyIsToldOnlyWhileItSigns() throws Exception {
        house.camera().signature = VideoFacts.Signature.BY_OWNER;
        try {
            assertThat(texts(security.good("GetAssignedMediaSigningCertificates", ""), "CertificationPathID"))
                    .as("the owner's signing key is not in this keystore")
                    .isEmpty();
        } finally {
            house.camera().signature = VideoFacts.Signature.BY_MAKER;
        }
        assertThat(texts(security.good("GetAssignedMediaSigningCertificates", ""), "CertificationPathID"))
                .containsExactly("path-media");
    }

    @ParameterizedTest
    @Order(2)
    @ValueSource(
            strings = {
                "UploadKeyPairInPKCS8",
                "UploadCertificateWithPrivateKeyInPKCS12",
                "UploadPassphrase",
                "AddMediaSigningCertificateAssignment",
                "RemoveMediaSigningCertificateAssignment",
                "SetEnabledTLSVersions"
            })
    void whatIsNotOfferedIsRefused(String operation) throws Exception {
        security.fault(operation, "", "ActionNotSupported");
    }

    @ParameterizedTest
    @Order(3)
    @ValueSource(
            strings = {
                "CreateECCKeyPair",
                "CreateRSAKeyPair",
                "CreateSelfSignedCertificate",
                "UploadCertificate",
                "ReplaceServerCertificateAssignment",
                "DeleteKey",
                "GetCertificate"
            })
    void onlyAdministratorsChangeOrSeeAnything(String operation) throws Exception {
        for (String user : List.of("guard", "operator")) {
            SoapClient.Answer answer = security.ask(operation, "", user);
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.body()).contains("ter:NotAuthorized");
        }
        security.fault(operation, "", "InvalidArgs");
    }

    private static String upload(Path certificate) throws Exception {
        String der = Base64.getEncoder()
                .encodeToString(Peer.OPENSSL
                        .run("x509", "-in", certificate.toString(), "-outform", "DER")
                        .good()
                        .output());
        return texts(security.good("UploadCertificate", id("Certificate", der)), "CertificateID")
                .getFirst();
    }

    /** An authority of the owner; returns its certificate. */
    private static Path authority() throws Exception {
        Path root = directory.resolve("root.pem");
        new OpensslKey(directory.resolve("root.key")).selfSigned(root, "/CN=Owner", "-days", "30");
        return root;
    }

    private static Path sign(String csr, Path root) throws Exception {
        Path request = directory.resolve("cam.csr");
        Files.write(request, Base64.getDecoder().decode(csr));
        Path leaf = directory.resolve("cam.pem");
        Peer.OPENSSL
                .run(
                        "x509",
                        "-req",
                        "-in",
                        request.toString(),
                        "-inform",
                        "DER",
                        "-CA",
                        root.toString(),
                        "-CAkey",
                        directory.resolve("root.key").toString(),
                        "-copy_extensions",
                        "copyall",
                        "-days",
                        "20",
                        "-out",
                        leaf.toString())
                .good();
        return leaf;
    }

    @Test
    @Order(4)
    void theOwnersCertificateIsAskedForInstalledAndShown() throws Exception {
        security.fault("CreateECCKeyPair", id("EllipticCurve", "secp192r1"), "UnsupportedEllipticCurve");
        assertThat(texts(security.good("CreateECCKeyPair", id("EllipticCurve", "secp256r1")), "KeyID"))
                .containsExactly("tls-custom");
        security.fault("CreateECCKeyPair", id("EllipticCurve", "secp256r1"), "MaximumNumberOfKeysReached");
        security.fault(
                "CreatePKCS10CSR",
                request("tls-custom", CertificateArguments.ECDSA_SHA_384),
                "KeySignatureAlgorithmMismatch");
        security.fault("CreatePKCS10CSR", request("other", CertificateArguments.ECDSA_SHA_256), "KeyID");
        String csr = texts(
                        security.good("CreatePKCS10CSR", request("tls-custom", CertificateArguments.ECDSA_SHA_256)),
                        "PKCS10CSR")
                .getFirst();
        Path root = authority();
        Path signed = sign(csr, root);
        assertThat(Peer.OPENSSL
                        .run("x509", "-in", signed.toString(), "-noout", "-text")
                        .good()
                        .out())
                .contains("cam, the \\\"first\\\"", "DNS:cam.example.com", "IP Address:127.0.0.1");
        String leaf = upload(signed);
        String issuer = upload(root);
        security.fault("UploadCertificate", id("Certificate", "AAAA"), "BadCertificate");
        security.fault(
                "CreateCertificationPath",
                "<CertificateIDs>" + id("CertificateID", "other") + "</CertificateIDs>",
                "CertificateID");
        security.fault(
                "CreateCertificationPath",
                "<CertificateIDs>" + id("CertificateID", issuer) + "</CertificateIDs>",
                "NoPrivateKey");
        security.fault(
                "CreateCertificationPath",
                "<CertificateIDs>" + id("CertificateID", issuer) + id("CertificateID", leaf) + "</CertificateIDs>",
                "InvalidCertificateChain");
        String path = texts(
                        security.good(
                                "CreateCertificationPath",
                                "<CertificateIDs>" + id("CertificateID", leaf) + id("CertificateID", issuer)
                                        + "</CertificateIDs>"),
                        "CertificationPathID")
                .getFirst();
        security.fault("DeleteCertificate", id("CertificateID", leaf), "ReferenceExists");
        security.fault(
                "AddServerCertificateAssignment",
                id("CertificationPathID", path),
                "MaximumNumberOfTLSCertificationPathsReached");
        security.fault("ReplaceServerCertificateAssignment", replace(path, "path-tls"), "OldCertificationPathID");
        security.fault(
                "ReplaceServerCertificateAssignment", replace("path-tls", "path-media"), "NewCertificationPathID");
        assertThat(house.served().choice()).isEqualTo(ServedCertificate.Choice.MAKER);
        security.good("ReplaceServerCertificateAssignment", replace("path-tls", path));
        assertThat(house.served().choice()).isEqualTo(ServedCertificate.Choice.OWNER);
        assertThat(house.custom().certified().orElseThrow().chain()).hasSize(1);
        assertThat(texts(security.good("GetAssignedServerCertificates", ""), "CertificationPathID"))
                .containsExactly(path);
        security.fault("DeleteKey", id("KeyID", "tls-custom"), "ReferenceExists");
        security.good("ReplaceServerCertificateAssignment", replace(path, "path-tls"));
        security.good("DeleteKey", id("KeyID", "tls-custom"));
        assertThat(texts(security.good("GetAllKeys", ""), "KeyID")).containsExactly("tls", "media");
        security.good("DeleteCertificate", id("CertificateID", issuer));
        security.fault("DeleteCertificate", id("CertificateID", issuer), "CertificateID");
    }

    @Test
    @Order(5)
    void itIsToldWhenACertificateEnds() throws Exception {
        FakeClock clock = new FakeClock();
        EventBoard board = new EventBoard(clock, new SecureRandom());
        ExpiryWatch watch = new ExpiryWatch(house.keystore(), board, clock);
        X509Certificate leaf = house.identity().tls().chain().getFirst();
        Subscription told = board.subscribe(ALL_TOPICS, clock.instant().plusSeconds(1));
        watch.look();
        watch.look();
        assertThat(standings(told, leaf)).as("once, though looked twice").containsExactly("VALID");
        Duration left = Duration.between(clock.instant(), leaf.getNotAfter().toInstant());
        clock.go(left.minus(ExpiryWatch.SOON).plusSeconds(1));
        watch.look();
        assertThat(standings(told, leaf)).containsExactly("EXPIRES_SOON");
        clock.go(ExpiryWatch.SOON);
        watch.look();
        assertThat(standings(told, leaf)).containsExactly("EXPIRED");
        assertThat(standings(board.subscribe(ALL_TOPICS, clock.instant().plusSeconds(1)), leaf))
                .as("a later subscriber is told how it is")
                .containsExactly("EXPIRED");
    }

    private static List<String> standings(Subscription told, X509Certificate of) throws InterruptedException {
        return told.pull(Duration.ZERO, Integer.MAX_VALUE).stream()
                .map(Subscription.Notice::event)
                .filter(event -> event.source().equals(List.of(org.camseal.onvif.keystore.Keystore.idOf(of))))
                .map(event -> event.data().getFirst())
                .toList();
    }
}
