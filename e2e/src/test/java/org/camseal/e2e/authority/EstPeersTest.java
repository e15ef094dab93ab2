package org.camseal.e2e.authority;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import org.camseal.identity.AttestationAttribute;
import org.camseal.identity.CertificateSubject;
import org.camseal.identity.Pem;
import org.camseal.identity.Purpose;
import org.camseal.identity.enrolment.Base64Body;
import org.camseal.identity.enrolment.CsrAttributes;
import org.camseal.peers.Peer;
import org.camseal.peers.PeerOutcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** EST as curl and strongSwan's pki speak it. */
@Timeout(300)
@ExtendWith(OneAuthority.class)
class EstPeersTest {
    private static final Peer PKI = new Peer("pki", "strongswan-pki");

    private final RunningAuthority authority;
    private final AuthorityHouse house;

    EstPeersTest(RunningAuthority authority) {
        this.authority = authority;
        this.house = authority.house();
    }

    @Test
    void theAuthoritysCertificatesAreForEverybody() throws Exception {
        PeerOutcome answer = authority.curl("nobody", "/cacerts");
        assertThat(answer.out())
                .startsWith("HTTP/1.1 200")
                .contains("Content-Type: application/pkcs7-mime")
                .contains("Content-Transfer-Encoding: base64")
                .contains("Content-Length: ")
                .doesNotContain("chunked");
        assertThat(RunningAuthority.body(answer)).as("on one line").doesNotContain("\n", "\r");
        assertThat(RunningAuthority.certificates(answer))
                .containsExactlyInAnyOrder(
                        house.ownCertificate("device-root.pem"), house.ownCertificate("device-issuing.pem"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.2", "1.3"})
    void aLineEnrolsAndAsksAgain(String version) throws Exception {
        String name = "curl-" + version;
        house.request(name, AuthorityHouse.camera("L1-000" + version.charAt(2)));
        PeerOutcome answer = authority.enrol("line-1", "", name + ".csr", "--tlsv" + version, "--tls-max", version);
        assertThat(answer.out()).startsWith("HTTP/1.1 200").contains("Content-Type: application/pkcs7-mime");
        List<X509Certificate> given = RunningAuthority.certificates(answer);
        assertThat(given).hasSize(1);
        Pem.writeCertificates(Path.of(house.file(name + ".pem")), given);
        assertThat(house.verify(name + ".pem").out()).contains(": OK");
        assertThat(CertificateSubject.of(given.getFirst()))
                .contains(new CertificateSubject("Maker", "Model X", "L1-000" + version.charAt(2)));

        Peer.OPENSSL
                .run("base64", "-in", house.file(name + ".csr"), "-out", house.file(name + ".b64"))
                .good();
        assertThat(RunningAuthority.certificates(authority.enrol("line-1", "/device-tls", name + ".b64")))
                .as("base64 with line breaks and the label: the same certificate")
                .isEqualTo(given);
        assertThat(authority.enrol("line-1", "/media-signing", name + ".csr").out())
                .as("a key is certified for one purpose")
                .startsWith("HTTP/1.1 400")
                .contains("CamSeal-Refusal: KEY_REFUSED");
        house.request(name + "-media", AuthorityHouse.camera("L1-000" + version.charAt(2)));
        X509Certificate media = RunningAuthority.certificates(
                        authority.enrol("line-1", "/media-signing", name + "-media.csr"))
                .getFirst();
        assertThat(media.getExtendedKeyUsage()).isEqualTo(Purpose.MEDIA_SIGNING.extendedKeyUsages());
    }

    @Test
    void strongSwanFetchesEnrolsAndRenews() throws Exception {
        PKI.require();
        String roots = house.own("operations-root.pem");
        PeerOutcome fetched = PKI.run(
                "--estca",
                "--url",
                authority.url(""),
                "--cacert",
                roots,
                "--caout",
                house.file("ss-ca"),
                "--outform",
                "pem");
        assertThat(fetched.exitCode()).as("%s", fetched).isZero();

        house.request("ss", AuthorityHouse.camera("L1-0011"));
        PeerOutcome first = strongSwan("ss.csr", "line-1.pem", "line-1-key.pem");
        assertThat(first.exitCode()).as("%s", first).isZero();
        Files.write(Path.of(house.file("ss.pem")), first.output());
        assertThat(house.verify("ss.pem").out()).contains(": OK");

        PeerOutcome renewed = strongSwan("ss.csr", "ss.pem", "ss-key.pem");
        assertThat(renewed.exitCode()).as("%s", renewed).isZero();
        assertThat(renewed.out()).as("same camera and key: the same bytes").isEqualTo(first.out());

        house.request("ss-other", AuthorityHouse.camera("L1-0012"));
        PeerOutcome other = strongSwan("ss-other.csr", "ss.pem", "ss-key.pem");
        assertThat(other.exitCode()).as("%s", other).isNotZero();
        assertThat(house.audit())
                .anyMatch(line -> line.contains("camera certificate ")
                        && line.contains("L1-0012  OTHER_SUBJECT")
                        && line.contains("EST simplereenroll"));
    }

    /** With a line's certificate it asks simpleenroll, and with one that is about to be renewed simplereenroll. */
    private PeerOutcome strongSwan(String request, String certificate, String key) throws Exception {
        return PKI.run(
                "--est",
                "--url",
                authority.url(""),
                "--in",
                house.file(request),
                "--cacert",
                house.own("operations-root.pem"),
                "--cacert",
                house.own("device-root.pem"),
                "--cacert",
                house.own("device-issuing.pem"),
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
    void anotherKeyForTheSameSerialIsHeld() throws Exception {
        house.request("held-1", AuthorityHouse.camera("L1-0014"));
        house.request("held-2", AuthorityHouse.camera("L1-0014"));
        assertThat(authority.enrol("line-1", "", "held-1.csr").out()).startsWith("HTTP/1.1 200");
        assertThat(authority.enrol("line-1", "", "held-2.csr").out())
                .startsWith("HTTP/1.1 409")
                .contains("CamSeal-Refusal: HELD")
                .contains("Held as dispute ");
    }

    @Test
    void theChallengeForAttestationsIsInTheAttributes() throws Exception {
        assertThat(authority.curl("line-1", "/csrattrs").out())
                .as("its order demands none")
                .startsWith("HTTP/1.1 204");
        house.staff("line", "L3", "line-3");
        Path genuine = Files.writeString(Path.of(house.file("genuine")), "2a".repeat(32));
        house.order("PO-3", "L3-0000", "L3-0099", "L3", "--genuine", genuine.toString());
        PeerOutcome answer = authority.curl("line-3", "/media-signing/csrattrs");
        assertThat(answer.out()).startsWith("HTTP/1.1 200").contains("Content-Type: application/csrattrs");
        byte[] der = Base64Body.decode(RunningAuthority.body(answer).getBytes(StandardCharsets.US_ASCII), "answer");
        assertThat(CsrAttributes.challenge(der, "answer"))
                .hasValueSatisfying(seen -> assertThat(seen).hasSize(AttestationAttribute.CHALLENGE_BYTES));
        Files.write(Path.of(house.file("attributes.der")), der);
        assertThat(Peer.OPENSSL
                        .run("asn1parse", "-inform", "DER", "-in", house.file("attributes.der"))
                        .good()
                        .out())
                .contains("OBJECT");
        house.request("unproved", AuthorityHouse.camera("L3-0001"));
        assertThat(authority.enrol("line-3", "", "unproved.csr").out())
                .startsWith("HTTP/1.1 400")
                .contains("CamSeal-Refusal: ATTESTATION_MISSING");
    }
}
