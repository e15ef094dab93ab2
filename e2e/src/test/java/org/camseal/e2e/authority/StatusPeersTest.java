package org.camseal.e2e.authority;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.camseal.peers.Peer;
import org.camseal.peers.PeerOutcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** What everybody may ask by plain HTTP: OCSP and the revocation list as openssl reads them, and the log; and nothing else. */
@Timeout(300)
@ExtendWith(OneAuthority.class)
class StatusPeersTest {
    private static final Duration PATIENCE = Duration.ofSeconds(100);

    private final RunningAuthority authority;
    private final AuthorityHouse house;

    StatusPeersTest(RunningAuthority authority) {
        this.authority = authority;
        this.house = authority.house();
    }

    @Test
    void whatAnOperatorRevokesIsRevokedForEverybody() throws Exception {
        X509Certificate taken = authority.enrolled("line-1", "taken", "L1-0031");
        authority.enrolled("line-1", "kept", "L1-0032");
        assertThat(authority.ocsp("-cert", house.file("taken.pem")).all())
                .contains("Response verify OK", ": good")
                .doesNotContain("no nonce");
        assertThat(authority.ocsp("-serial", "0x1234").all()).as("never issued").contains(": unknown");
        house.ordered("revoke", "L1-0031", "--reason", "key-compromise", "--invalid-since", "2026-02-03T04:05:06Z");
        assertThat(authority.ocsp("-cert", house.file("taken.pem")).all())
                .contains("Response verify OK", ": revoked", "keyCompromise", "Feb  3 04:05:06 2026 GMT");
        assertThat(authority.ocsp("-cert", house.file("kept.pem")).all()).contains(": good");

        awaitOnTheList(taken);
        PeerOutcome revoked = verified("taken.pem");
        assertThat(revoked.exitCode()).isNotZero();
        assertThat(revoked.all()).contains("certificate revoked");
        assertThat(verified("kept.pem").good().out()).contains(": OK");
        assertThat(authority.enrol("line-1", "", "taken.csr").out())
                .startsWith("HTTP/1.1 403")
                .contains("CamSeal-Refusal: RETIRED");
    }

    /** The list is written anew each second here. */
    private void awaitOnTheList(X509Certificate certificate) throws Exception {
        String number = certificate.getSerialNumber().toString(16).toUpperCase(Locale.ROOT);
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        PeerOutcome list;
        do {
            assertThat(System.nanoTime() - deadline).as("on the list in time").isNegative();
            Thread.sleep(200);
            Peer.CURL
                    .run(
                            "--silent",
                            "--fail",
                            "--output",
                            house.file("list.crl"),
                            authority.open("crl/device-issuing.crl"))
                    .good();
            list = Peer.OPENSSL
                    .run(
                            "crl",
                            "-inform",
                            "DER",
                            "-in",
                            house.file("list.crl"),
                            "-CAfile",
                            house.file("chain.pem"),
                            "-text",
                            "-out",
                            house.file("list.pem"))
                    .good();
        } while (!Files.readString(Path.of(house.file("list.pem"))).contains(number));
        assertThat(list.all()).contains("verify OK");
    }

    private PeerOutcome verified(String certificate) throws Exception {
        return house.verify(certificate, "-crl_check", "-CRLfile", house.file("list.pem"));
    }

    @Test
    void thePublicPortIsForWhatIsSignedItself() throws Exception {
        PeerOutcome log = Peer.CURL
                .run("--silent", "--fail", authority.open("log/checkpoint"))
                .good();
        assertThat(log.out()).startsWith("camseal.example/log\n");
        for (String path : new String[] {".well-known/est/cacerts", "console/", "console/api/orders"}) {
            assertThat(status(authority.open(path))).as(path).isEqualTo("404");
        }
        Files.write(Path.of(house.file("large.ocsp")), new byte[20_000]);
        assertThat(status(
                        authority.open("ocsp"),
                        "--header",
                        "Content-Type: application/ocsp-request",
                        "--data-binary",
                        "@" + house.file("large.ocsp")))
                .as("more than any request has")
                .isEqualTo("413");
        assertThat(status(authority.open("ocsp"), "--header", "Host: ocsp.example"))
                .as("under any name; GET is for another path")
                .isEqualTo("405");
    }

    private static String status(String url, String... options) throws Exception {
        List<String> words =
                new ArrayList<>(List.of("--silent", "--output", "/dev/null", "--write-out", "%{http_code}"));
        words.addAll(List.of(options));
        words.add(url);
        return Peer.CURL.run(words).good().out();
    }
}
