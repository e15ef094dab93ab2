package org.camseal.onvif;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.camseal.onvif.keystore.ServedCertificate;
import org.camseal.peers.OpensslKey;
import org.camseal.peers.Peer;
import org.camseal.web.Access;
import org.camseal.web.Routes;
import org.camseal.web.WebServer;
import org.camseal.web.WebSettings;
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
    private static final String TAS = " xmlns='http://www.onvif.org/ver10/advancedsecurity/wsdl'";

    /** DER of the alternative names cam.example.com and 127.0.0.1. */
    private static final String NAMES = "MBeCD2NhbS5leGFtcGxlLmNvbYcEfwAAAQ==";

    @TempDir
    private static Path directory;

    private static TestHouse house;
    private static OnvifServer onvif;
    private static WebServer web;
    private static SoapClient client;

    @BeforeAll
    static void start() throws Exception {
        house = TestHouse.in(directory);
        onvif = house.onvif(OnvifSettings.STRICT, InstantSource.system());
        Routes routes = new Routes();
        onvif.add(routes);
        web = WebServer.start(WebSettings.loopback(0, new Access.Anyone()), routes);
        client = new SoapClient(web.uri());
    }

    @AfterAll
    static void stop() {
        client.close();
        onvif.close();
        web.close();
    }

    private static SoapClient.Answer ask(String operation, String arguments, String user) throws Exception {
        return client.ask(SecurityService.PATH, "<" + operation + TAS + ">" + arguments + "</" + operation + ">", user);
    }

    private static String good(String operation, String arguments) throws Exception {
        SoapClient.Answer answer = ask(operation, arguments, "admin");
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.body();
    }

    private static void fault(String operation, String arguments, String code) throws Exception {
        SoapClient.Answer answer = ask(operation, arguments, "admin");
        assertThat(answer.status()).as(answer.body()).isIn(400, 500);
        assertThat(answer.body()).contains("<env:Value>ter:" + code + "</env:Value>");
    }

    private static List<String> values(String body, String element) {
        Matcher matcher = Pattern.compile("<tas:" + element + ">([^<]*)<").matcher(body);
        List<String> all = new ArrayList<>();
        while (matcher.find()) {
            all.add(matcher.group(1));
        }
        return all;
    }

    private static String id(String name, String value) {
        return "<" + name + ">" + value + "</" + name + ">";
    }

    private static String request(String key, String algorithm) {
        return "<Subject><CommonName>cam, the \"first\"</CommonName><Organization>Shop</Organization></Subject>"
                + id("KeyID", key)
                + "<CSRAttribute><X509v3Extension><extnOID>2.5.29.17</extnOID><critical>false</critical><extnValue>"
                + NAMES
                + "</extnValue></X509v3Extension></CSRAttribute>"
                + "<SignatureAlgorithm><algorithm>" + algorithm + "</algorithm></SignatureAlgorithm>";
    }

    @Test
    @Order(1)
    void whatTheMakerInstalledIsShownAndStays() throws Exception {
        assertThat(values(good("GetAllKeys", ""), "KeyID")).containsExactly("tls", "media");
        assertThat(good("GetAllKeys", ""))
                .as("keys of a test are in files, and nothing better is claimed")
                .contains("<tas:securelyStored>false<")
                .doesNotContain("<tas:securelyStored>true<");
        assertThat(values(good("GetAllCertificationPaths", ""), "CertificationPathID"))
                .containsExactly("path-tls", "path-media");
        String path = good("GetCertificationPath", id("CertificationPathID", "path-tls"));
        String leaf = values(path, "CertificateID").getFirst();
        String content = values(good("GetCertificate", id("CertificateID", leaf)), "CertificateContent")
                .getFirst();
        assertThat(Base64.getDecoder().decode(content))
                .isEqualTo(house.identity().tls().chain().getFirst().getEncoded());
        assertThat(values(good("GetAssignedServerCertificates", ""), "CertificationPathID"))
                .containsExactly("path-tls");
        assertThat(values(good("GetAssignedMediaSigningCertificates", ""), "CertificationPathID"))
                .containsExactly("path-media");
        fault("DeleteKey", id("KeyID", "tls"), "ReferenceExists");
        fault("DeleteKey", id("KeyID", "media"), "ReferenceExists");
        fault("DeleteCertificationPath", id("CertificationPathID", "path-media"), "ReferenceExists");
        fault("DeleteCertificate", id("CertificateID", leaf), "ReferenceExists");
        fault("CreatePKCS10CSR", request("tls", CsrArguments.ECDSA_SHA_256), "CSRCreationFailed");
        fault("CreatePKCS10CSR", request("media", CsrArguments.ECDSA_SHA_256), "CSRCreationFailed");
    }

    @ParameterizedTest
    @Order(2)
    @ValueSource(
            strings = {
                "UploadKeyPairInPKCS8",
                "UploadCertificateWithPrivateKeyInPKCS12",
                "CreateRSAKeyPair",
                "AddMediaSigningCertificateAssignment",
                "SetEnabledTLSVersions",
                "RemoveServerCertificateAssignment"
            })
    void whatIsNotOfferedIsRefused(String operation) throws Exception {
        fault(operation, "", "ActionNotSupported");
    }

    @ParameterizedTest
    @Order(3)
    @ValueSource(strings = {"CreateECCKeyPair", "UploadCertificate", "ReplaceServerCertificateAssignment", "DeleteKey"})
    void onlyAdministratorsChangeAnything(String operation) throws Exception {
        for (String user : List.of("guard", "operator")) {
            SoapClient.Answer answer = ask(operation, "", user);
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.body()).contains("ter:NotAuthorized");
        }
        fault(operation, "", "InvalidArgs");
    }

    private static String upload(Path certificate) throws Exception {
        String der = Base64.getEncoder()
                .encodeToString(Peer.OPENSSL
                        .run("x509", "-in", certificate.toString(), "-outform", "DER")
                        .good()
                        .output());
        return values(good("UploadCertificate", id("Certificate", der)), "CertificateID")
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
        fault("CreateECCKeyPair", id("EllipticCurve", "secp192r1"), "UnsupportedEllipticCurve");
        assertThat(values(good("CreateECCKeyPair", id("EllipticCurve", "secp256r1")), "KeyID"))
                .containsExactly("tls-custom");
        fault("CreateECCKeyPair", id("EllipticCurve", "secp256r1"), "MaximumNumberOfKeysReached");
        fault("CreatePKCS10CSR", request("tls-custom", CsrArguments.ECDSA_SHA_384), "KeySignatureAlgorithmMismatch");
        fault("CreatePKCS10CSR", request("other", CsrArguments.ECDSA_SHA_256), "KeyID");
        String csr = values(good("CreatePKCS10CSR", request("tls-custom", CsrArguments.ECDSA_SHA_256)), "PKCS10CSR")
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
        fault("UploadCertificate", id("Certificate", "AAAA"), "BadCertificate");
        fault(
                "CreateCertificationPath",
                "<CertificateIDs>" + id("CertificateID", "other") + "</CertificateIDs>",
                "CertificateID");
        fault(
                "CreateCertificationPath",
                "<CertificateIDs>" + id("CertificateID", issuer) + "</CertificateIDs>",
                "NoPrivateKey");
        fault(
                "CreateCertificationPath",
                "<CertificateIDs>" + id("CertificateID", issuer) + id("CertificateID", leaf) + "</CertificateIDs>",
                "InvalidCertificateChain");
        String path = values(
                        good(
                                "CreateCertificationPath",
                                "<CertificateIDs>" + id("CertificateID", leaf) + id("CertificateID", issuer)
                                        + "</CertificateIDs>"),
                        "CertificationPathID")
                .getFirst();
        fault("DeleteCertificate", id("CertificateID", leaf), "ReferenceExists");
        fault(
                "AddServerCertificateAssignment",
                id("CertificationPathID", path),
                "MaximumNumberOfTLSCertificationPathsReached");
        fault("ReplaceServerCertificateAssignment", replace(path, "path-tls"), "OldCertificationPathID");
        fault("ReplaceServerCertificateAssignment", replace("path-tls", "path-media"), "NewCertificationPathID");
        assertThat(house.served().choice()).isEqualTo(ServedCertificate.Choice.MAKER);
        good("ReplaceServerCertificateAssignment", replace("path-tls", path));
        assertThat(house.served().choice()).isEqualTo(ServedCertificate.Choice.OWNER);
        assertThat(house.custom().certified().orElseThrow().chain()).hasSize(1);
        assertThat(values(good("GetAssignedServerCertificates", ""), "CertificationPathID"))
                .containsExactly(path);
        fault("DeleteKey", id("KeyID", "tls-custom"), "ReferenceExists");
        good("ReplaceServerCertificateAssignment", replace(path, "path-tls"));
        good("DeleteKey", id("KeyID", "tls-custom"));
        assertThat(values(good("GetAllKeys", ""), "KeyID")).containsExactly("tls", "media");
        good("DeleteCertificate", id("CertificateID", issuer));
        fault("DeleteCertificate", id("CertificateID", issuer), "CertificateID");
    }

    @Test
    @Order(5)
    void itIsToldWhenACertificateEnds() throws Exception {
        FakeClock clock = new FakeClock();
        EventBoard board = new EventBoard(clock, new SecureRandom());
        ExpiryWatch watch = new ExpiryWatch(house.keystore(), board, clock);
        X509Certificate leaf = house.identity().tls().chain().getFirst();
        TopicFilter all = new TopicFilter(List.of());
        Subscription told = board.subscribe(all, clock.instant().plusSeconds(1));
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
        assertThat(standings(board.subscribe(all, clock.instant().plusSeconds(1)), leaf))
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

    private static String replace(String old, String path) {
        return id("OldCertificationPathID", old) + id("NewCertificationPathID", path);
    }
}
