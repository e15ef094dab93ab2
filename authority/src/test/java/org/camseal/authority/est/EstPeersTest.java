package org.camseal.authority.est;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.camseal.authority.EnrolmentAnswer;
import org.camseal.authority.EnrolmentHouse;
import org.camseal.identity.CertificateSubject;
import org.camseal.identity.Pem;
import org.camseal.identity.Purpose;
import org.camseal.identity.enrolment.Base64Body;
import org.camseal.identity.enrolment.CertsOnly;
import org.camseal.identity.enrolment.CsrAttributes;
import org.camseal.peers.Peer;
import org.camseal.peers.PeerOutcome;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** EST as curl and strongSwan's pki speak it. */
@Timeout(120)
class EstPeersTest {
    private static final Peer PKI = new Peer("pki", "strongswan-pki");

    @TempDir
    private static Path directory;

    private static EnrolmentHouse house;

    @BeforeAll
    static void open() throws Exception {
        house = new EnrolmentHouse(directory);
    }

    @AfterAll
    static void close() {
        house.close();
    }

    /** curl as that client; the answer's head is in front of its body. */
    private static PeerOutcome curl(String client, String path, String... options) throws Exception {
        List<String> all = new ArrayList<>(List.of(
                "--silent",
                "--show-error",
                "--include",
                "--max-time",
                "20",
                "--cacert",
                house.file("operations-root.pem")));
        if (!client.equals("nobody")) {
            all.addAll(List.of("--cert", house.file(client + ".pem"), "--key", house.file(client + "-key.pem")));
        }
        all.addAll(List.of(options));
        all.add(house.url("/.well-known/est" + path));
        return Peer.CURL.run(all).good();
    }

    private static PeerOutcome enrol(String client, String label, String request, String... options) throws Exception {
        List<String> all = new ArrayList<>(
                List.of("--header", "Content-Type: application/pkcs10", "--data-binary", "@" + house.file(request)));
        all.addAll(List.of(options));
        return curl(client, label + "/simpleenroll", all.toArray(String[]::new));
    }

    private static String body(PeerOutcome answer) {
        return answer.out().substring(answer.out().indexOf("\r\n\r\n") + 4);
    }

    private static List<X509Certificate> certificates(PeerOutcome answer) throws Exception {
        return CertsOnly.decode(
                Base64Body.decode(body(answer).getBytes(StandardCharsets.US_ASCII), "answer"), "answer");
    }

    @Test
    void theAuthoritysCertificatesAreForEverybody() throws Exception {
        PeerOutcome answer = curl("nobody", "/cacerts");
        assertThat(answer.out())
                .startsWith("HTTP/1.1 200")
                .contains("Content-Type: application/pkcs7-mime")
                .contains("Content-Transfer-Encoding: base64")
                .contains("Content-Length: ")
                .doesNotContain("chunked");
        assertThat(body(answer)).as("on one line").doesNotContain("\n", "\r");
        assertThat(certificates(answer))
                .containsExactlyInAnyOrder(house.desk().root(), house.desk().issuing());
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.2", "1.3"})
    void aLineEnrolsAndAsksAgain(String version) throws Exception {
        String name = "curl-" + version;
        house.request(name, EnrolmentHouse.camera("L1-000" + version.charAt(2)));
        PeerOutcome answer = enrol("line-1", "", name + ".csr", "--tlsv" + version, "--tls-max", version);
        assertThat(answer.out()).startsWith("HTTP/1.1 200").contains("Content-Type: application/pkcs7-mime");
        List<X509Certificate> given = certificates(answer);
        assertThat(given).hasSize(1);
        Pem.writeCertificates(directory.resolve(name + ".pem"), given);
        assertThat(house.verify(name + ".pem").out()).contains(": OK");
        assertThat(CertificateSubject.of(given.getFirst()))
                .contains(new CertificateSubject("Maker", "Model X", "L1-000" + version.charAt(2)));

        Peer.OPENSSL
                .run("base64", "-in", house.file(name + ".csr"), "-out", house.file(name + ".b64"))
                .good();
        assertThat(certificates(enrol("line-1", "/device-tls", name + ".b64")))
                .as("base64 with line breaks and the label: the same certificate")
                .isEqualTo(given);
        assertThat(enrol("line-1", "/media-signing", name + ".csr").out())
                .as("a key is certified for one purpose")
                .startsWith("HTTP/1.1 400")
                .contains("CamSeal-Refusal: KEY_REFUSED");
        house.request(name + "-media", EnrolmentHouse.camera("L1-000" + version.charAt(2)));
        X509Certificate media = certificates(enrol("line-1", "/media-signing", name + "-media.csr"))
                .getFirst();
        assertThat(media.getExtendedKeyUsage()).isEqualTo(Purpose.MEDIA_SIGNING.extendedKeyUsages());
    }

    @Test
    void strongSwanFetchesEnrolsAndRenews() throws Exception {
        PKI.require();
        String roots = house.file("operations-root.pem");
        PeerOutcome fetched = PKI.run(
                "--estca",
                "--url",
                house.url(""),
                "--cacert",
                roots,
                "--caout",
                house.file("ss-ca"),
                "--outform",
                "pem");
        assertThat(fetched.exitCode()).as("%s", fetched).isZero();

        house.request("ss", EnrolmentHouse.camera("L1-0011"));
        PeerOutcome first = strongSwan("ss.csr", "line-1.pem", "line-1-key.pem");
        assertThat(first.exitCode()).as("%s", first).isZero();
        Files.write(directory.resolve("ss.pem"), first.output());
        assertThat(house.verify("ss.pem").out()).contains(": OK");

        PeerOutcome renewed = strongSwan("ss.csr", "ss.pem", "ss-key.pem");
        assertThat(renewed.exitCode()).as("%s", renewed).isZero();
        assertThat(renewed.out()).as("same camera and key: the same bytes").isEqualTo(first.out());

        house.request("ss-other", EnrolmentHouse.camera("L1-0012"));
        PeerOutcome other = strongSwan("ss-other.csr", "ss.pem", "ss-key.pem");
        assertThat(other.exitCode()).as("%s", other).isNotZero();
        assertThat(house.desk().audit())
                .anyMatch(line -> line.startsWith("camera certificate ")
                        && line.contains("L1-0012: OTHER_SUBJECT")
                        && line.contains("EST simplereenroll"));
    }

    /** With a line's certificate it asks simpleenroll, and with one that is about to be renewed simplereenroll. */
    private static PeerOutcome strongSwan(String request, String certificate, String key) throws Exception {
        return PKI.run(
                "--est",
                "--url",
                house.url(""),
                "--in",
                house.file(request),
                "--cacert",
                house.file("operations-root.pem"),
                "--cacert",
                house.file("device-root.pem"),
                "--cacert",
                house.file("issuing.pem"),
                "--cert",
                house.file(certificate),
                "--key",
                house.file(key),
                "--outform",
                "pem",
                "--interval",
                "1",
                "--maxpolltime",
                "3");
    }

    @Test
    void whoHasToWaitIsToldHowLong() throws Exception {
        house.request("later", EnrolmentHouse.camera("L1-0013"));
        house.desk().answerNext(new EnrolmentAnswer.Later(Duration.ofMillis(1500), "the CA behind is busy"));
        PeerOutcome answer = enrol("line-1", "", "later.csr");
        assertThat(answer.out())
                .startsWith("HTTP/1.1 202")
                .contains("Retry-After: 2")
                .contains("is busy");
        assertThat(enrol("line-1", "", "later.csr").out()).startsWith("HTTP/1.1 200");
    }

    @Test
    void anotherKeyForTheSameSerialIsHeld() throws Exception {
        house.request("held-1", EnrolmentHouse.camera("L1-0014"));
        house.request("held-2", EnrolmentHouse.camera("L1-0014"));
        assertThat(enrol("line-1", "", "held-1.csr").out()).startsWith("HTTP/1.1 200");
        assertThat(enrol("line-1", "", "held-2.csr").out())
                .startsWith("HTTP/1.1 409")
                .contains("CamSeal-Refusal: HELD")
                .contains("Held as dispute ");
    }

    @Test
    void theChallengeForAttestationsIsInTheAttributes() throws Exception {
        byte[] challenge = HexFormat.of().parseHex("2a".repeat(32));
        assertThat(curl("line-1", "/csrattrs").out()).startsWith("HTTP/1.1 204");
        house.desk().demandAttestation(challenge);
        PeerOutcome answer = curl("line-1", "/media-signing/csrattrs");
        house.desk().demandAttestation(null);
        assertThat(answer.out()).startsWith("HTTP/1.1 200").contains("Content-Type: application/csrattrs");
        byte[] der = Base64Body.decode(body(answer).getBytes(StandardCharsets.US_ASCII), "answer");
        assertThat(CsrAttributes.challenge(der, "answer"))
                .hasValueSatisfying(seen -> assertThat(seen).isEqualTo(challenge));
        Files.write(directory.resolve("attributes.der"), der);
        assertThat(Peer.OPENSSL
                        .run("asn1parse", "-inform", "DER", "-in", house.file("attributes.der"))
                        .good()
                        .out())
                .contains("OBJECT");
    }
}
