package org.camseal.e2e.authority;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import org.camseal.peers.PeerOutcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** CMP as openssl speaks it: over TLS, requests and answers signed. */
@Timeout(300)
@ExtendWith(OneAuthority.class)
class CmpPeersTest {
    private final RunningAuthority authority;
    private final AuthorityHouse house;

    CmpPeersTest(RunningAuthority authority) {
        this.authority = authority;
        this.house = authority.house();
    }

    private PeerOutcome cmp(String signer, String command, String... options) throws Exception {
        return authority.cmp(signer, command, options);
    }

    private PeerOutcome p10cr(String signer, String name, String... options) throws Exception {
        List<String> all = new ArrayList<>(List.of(
                "-csr",
                house.file(name + ".csr.pem"),
                "-certout",
                house.file(name + ".pem"),
                "-out_trusted",
                house.own("device-root.pem")));
        all.addAll(List.of(options));
        return cmp(signer, "p10cr", all.toArray(String[]::new));
    }

    @Test
    void p10crAndItsConfirmation() throws Exception {
        house.request("p10", AuthorityHouse.camera("L1-0021"));
        PeerOutcome outcome = p10cr("line-1", "p10").good();
        assertThat(outcome.all())
                .contains("received CP")
                .contains("sending CERTCONF")
                .contains("received PKICONF");
        assertThat(house.verify("p10.pem").out()).contains(": OK");
        X509Certificate first = house.certificate("p10.pem");
        assertThat(p10cr("line-1", "p10", "-implicit_confirm").good().all())
                .as("implicitly confirmed, if asked for")
                .doesNotContain("CERTCONF");
        assertThat(house.certificate("p10.pem")).as("the same certificate").isEqualTo(first);
    }

    @Test
    void irNamesKeyAndSubjectItself() throws Exception {
        house.request("ir", AuthorityHouse.camera("L1-0022"));
        PeerOutcome outcome = cmp(
                "line-1",
                "ir",
                "-newkey",
                house.file("ir-key.pem"),
                "-subject",
                AuthorityHouse.camera("L1-0022"),
                "-certout",
                house.file("ir.pem"),
                "-out_trusted",
                house.own("device-root.pem"));
        assertThat(outcome.good().all()).contains("received IP").contains("received PKICONF");
        assertThat(house.verify("ir.pem").out()).contains(": OK");
        PeerOutcome unproved = cmp(
                "line-1",
                "ir",
                "-newkey",
                house.file("ir-key.pem"),
                "-subject",
                AuthorityHouse.camera("L1-0022"),
                "-certout",
                house.file("ir-2.pem"),
                "-popo",
                "0");
        assertThat(unproved.exitCode()).isNotZero();
        assertThat(unproved.all()).as("a line's word is no proof of possession").contains("badPOP");
    }

    @Test
    void aCameraRenewsItsOwnWithKur() throws Exception {
        house.request("kur", AuthorityHouse.camera("L1-0023"));
        p10cr("line-1", "kur").good();
        PeerOutcome outcome = cmp(
                "kur",
                "kur",
                "-untrusted",
                house.own("device-issuing.pem"),
                "-newkey",
                house.file("kur-key.pem"),
                "-certout",
                house.file("kur-2.pem"),
                "-out_trusted",
                house.own("device-root.pem"));
        assertThat(outcome.good().all()).contains("received KUP").contains("received PKICONF");
        assertThat(house.certificate("kur-2.pem")).isEqualTo(house.certificate("kur.pem"));

        PeerOutcome other = cmp(
                "kur",
                "kur",
                "-newkey",
                house.file("kur-key.pem"),
                "-subject",
                AuthorityHouse.camera("L1-0024"),
                "-certout",
                house.file("kur-3.pem"));
        assertThat(other.exitCode()).isNotZero();
        assertThat(other.all()).contains("notAuthorized").contains("OTHER_SUBJECT");
        rekeyed();
        assertThat(cmp("line-1", "kur", "-newkey", house.file("kur-key.pem"), "-certout", house.file("kur-4.pem"))
                        .all())
                .as("a line renews nothing")
                .contains("notAuthorized");
    }

    /** A new key takes the old one's place; then the old certificate counts no more. */
    private void rekeyed() throws Exception {
        house.request("kur-new", AuthorityHouse.camera("L1-0023"));
        cmp(
                        "kur",
                        "kur",
                        "-untrusted",
                        house.own("device-issuing.pem"),
                        "-newkey",
                        house.file("kur-new-key.pem"),
                        "-certout",
                        house.file("kur-new.pem"),
                        "-out_trusted",
                        house.own("device-root.pem"))
                .good();
        assertThat(house.verify("kur-new.pem").out()).contains(": OK");
        assertThat(house.certificate("kur-new.pem")).isNotEqualTo(house.certificate("kur.pem"));
        assertThat(authority.ocsp("-cert", house.file("kur.pem")).all()).contains(": revoked", "superseded");
    }

    @Test
    void aLineRevokesWhatIsItsOwn() throws Exception {
        house.request("rr", AuthorityHouse.camera("L1-0025"));
        p10cr("line-1", "rr").good();
        PeerOutcome others = cmp("line-2", "rr", "-oldcert", house.file("rr.pem"), "-revreason", "1");
        assertThat(others.exitCode()).isNotZero();
        assertThat(others.all()).contains("badCertId");
        assertThat(authority.ocsp("-cert", house.file("rr.pem")).all()).contains(": good");
        assertThat(house.audit()).anyMatch(line -> line.contains("line L2  refused") && line.contains("CMP rr"));

        PeerOutcome own = cmp("line-1", "rr", "-oldcert", house.file("rr.pem"), "-revreason", "1");
        assertThat(own.good().all()).contains("received RP");
        assertThat(authority.ocsp("-cert", house.file("rr.pem")).all()).contains(": revoked", "keyCompromise");
        assertThat(cmp("line-1", "rr", "-oldcert", house.file("rr.pem"), "-revreason", "6")
                        .all())
                .as("nothing is revoked for a while")
                .contains("badRequest");
    }

    @Test
    void genmTellsOfTheIssuingAuthorities() throws Exception {
        PeerOutcome outcome = cmp("line-1", "genm", "-infotype", "caCerts");
        assertThat(outcome.good().all()).contains("received GENP").contains("id-it-caCerts");
        assertThat(cmp("line-1", "genm", "-infotype", "signKeyPairTypes").good().all())
                .contains("id-it-unsupportedOIDs");
    }

    @Test
    void anotherLinesSerialAndStrangersAreRefused() throws Exception {
        house.request("l2", AuthorityHouse.camera("L2-0001"));
        PeerOutcome notOrdered = p10cr("line-1", "l2");
        assertThat(notOrdered.exitCode()).isNotZero();
        assertThat(notOrdered.all()).contains("notAuthorized").contains("NOT_ORDERED");
        p10cr("line-2", "l2").good();

        for (String stranger : List.of("foreign", "operator")) {
            PeerOutcome outcome = p10cr(stranger, "l2");
            assertThat(outcome.exitCode()).isNotZero();
            assertThat(outcome.all()).as(stranger).contains("signerNotTrusted");
        }
        PeerOutcome unprotected = p10cr("line-2", "l2", "-unprotected_requests");
        assertThat(unprotected.all()).contains("badMessageCheck");
        PeerOutcome shared = p10cr("line-2", "l2", "-secret", "pass:test", "-ref", "L2", "-unprotected_errors");
        assertThat(shared.all()).as("no shared secrets").contains("wrongIntegrity");
    }
}
