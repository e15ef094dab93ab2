package org.camseal.e2e.authority;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.camseal.e2e.Cli;
import org.camseal.identity.Pem;
import org.camseal.peers.Peer;
import org.camseal.peers.PeerOutcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** One running authority as the upstream of another: the one in front decides and writes down, the one behind signs. */
@Timeout(300)
@ExtendWith(OneAuthority.class)
class UpstreamProgramTest {
    @TempDir
    private static Path directory;

    private final RunningAuthority behind;

    UpstreamProgramTest(RunningAuthority behind) {
        this.behind = behind;
    }

    @Test
    void theOneInFrontHasTheOneBehindSign() throws Exception {
        AuthorityHouse front = new AuthorityHouse(Files.createDirectory(directory.resolve("front")));
        front.staff("line", "F1", "line-f1");
        front.order("PO-F", "U-0000", "U-0099", "F1");
        behind.house().ordered("line", "add", "L1", "--identity", front.file("ra"));
        refusesBadSettings(front);

        front.set(Map.of("upstream", upstream("est", "")));
        RunningAuthority est = RunningAuthority.of(front, directory.resolve("front"));
        try {
            waitsAndThenGets(est, front);
            statusIsServedBehindOnly(est);
            whatEstCannotRevokeIsForPeople(front);
        } finally {
            est.end();
        }
        front.set(Map.of("upstream", upstream("cmp", behind.house().own("server-chain.pem"))));
        RunningAuthority cmp = RunningAuthority.of(front, directory.resolve("front"));
        try {
            cmp.enrolled("line-f1", "by-cmp", "U-0002");
            assertThat(behindVerifies(front, "by-cmp.pem")).contains(": OK");
            revokesBehindToo(cmp, front);
        } finally {
            cmp.end();
        }
        assertThat(front.asked("audit", "check").out()).isNotEmpty();
    }

    private String upstream(String protocol, String signer) {
        return "{protocol: " + protocol + ", url: \"https://" + behind.host() + "/\", identity: ../ra, server-roots: \""
                + behind.house().own("operations-root.pem") + "\", issuing: \""
                + behind.house().own("device-issuing.pem") + "\", root: \""
                + behind.house().own("device-root.pem") + "\", signer: \"" + signer + "\"}";
    }

    private void refusesBadSettings(AuthorityHouse front) throws Exception {
        front.set(Map.of("upstream", upstream("scep", "")));
        Cli wrong = Cli.run("authority", "run", "--home", front.home.toString());
        assertThat(wrong.exitCode()).isEqualTo(2);
        assertThat(wrong.err()).contains("camseal: error: upstream.protocol is \"scep\": expected none, est or cmp");
    }

    /** The order behind comes late: until then the one behind refuses, and the line is told to wait. */
    private void waitsAndThenGets(RunningAuthority running, AuthorityHouse front) throws Exception {
        front.request("by-est", AuthorityHouse.camera("U-0001"));
        assertThat(running.enrol("line-f1", "", "by-est.csr").out())
                .startsWith("HTTP/1.1 202")
                .contains("Retry-After: 10")
                .contains("the authority behind this one");
        behind.house().order("PO-U", "U-0000", "U-0099", "L1");
        Pem.writeCertificates(
                Path.of(front.file("by-est.pem")),
                RunningAuthority.certificates(running.enrol("line-f1", "", "by-est.csr")));
        assertThat(behindVerifies(front, "by-est.pem")).contains(": OK");
        front.request("other", AuthorityHouse.camera("L1-0001"));
        assertThat(running.enrol("line-f1", "", "other.csr").out())
                .as("what no order in front has is not asked for behind")
                .startsWith("HTTP/1.1 403")
                .contains("NOT_ORDERED");
        assertThat(RunningAuthority.certificates(running.curl("nobody", "/cacerts")))
                .contains(behind.house().ownCertificate("device-root.pem"));
    }

    private String behindVerifies(AuthorityHouse front, String certificate) throws Exception {
        assertThat(behind.ocsp("-cert", front.file(certificate)).all()).contains(": good");
        return Peer.OPENSSL
                .run("verify", "-x509_strict", "-CAfile", behind.house().file("chain.pem"), front.file(certificate))
                .good()
                .out();
    }

    private static void statusIsServedBehindOnly(RunningAuthority running) throws Exception {
        PeerOutcome list = Peer.CURL.run("--silent", "--fail", running.open("crl/device-issuing.crl"));
        assertThat(list.exitCode()).as("curl's word for 404").isEqualTo(22);
        Peer.CURL.run("--silent", "--fail", running.open("log/checkpoint")).good();
    }

    private void whatEstCannotRevokeIsForPeople(AuthorityHouse front) throws Exception {
        String number = front.certificate("by-est.pem").getSerialNumber().toString(16);
        assertThat(front.ordered("revoke", "U-0001", "--reason", "superseded").out())
                .contains("U-0001: 1 certificates revoked in the register here")
                .contains("ask the operators of the authority behind this one to revoke number " + number)
                .contains("EST, which knows no revocation");
        assertThat(front.audit())
                .anyMatch(line -> line.contains("authority  revocation-by-hand  U-0001") && line.contains(number));
        assertThat(behind.ocsp("-cert", front.file("by-est.pem")).all()).contains(": good");
    }

    /** A line's rr to the one in front, and an operator's command there, are done behind; nothing is told twice. */
    private void revokesBehindToo(RunningAuthority running, AuthorityHouse front) throws Exception {
        assertThat(running.cmp("line-f1", "rr", "-oldcert", front.file("by-cmp.pem"), "-revreason", "1")
                        .good()
                        .all())
                .contains("received RP");
        assertThat(behind.ocsp("-cert", front.file("by-cmp.pem")).all()).contains(": revoked", "keyCompromise");
        assertThat(front.ordered("revoke", "U-0002", "--reason", "superseded").out())
                .contains("nothing is left to be told");

        running.enrolled("line-f1", "by-cmp-too", "U-0003");
        String number = front.certificate("by-cmp-too.pem").getSerialNumber().toString(16);
        assertThat(front.ordered("revoke", "U-0003", "--reason", "affiliation-changed")
                        .out())
                .contains("the authority behind this one has revoked number " + number);
        assertThat(behind.ocsp("-cert", front.file("by-cmp-too.pem")).all())
                .contains(": revoked", "affiliationChanged");
        assertThat(front.audit())
                .filteredOn(line -> line.contains("authority  revocation-forwarded  U-000"))
                .hasSize(2);
        assertThat(behind.house().audit())
                .anyMatch(line -> line.contains("line L1  revoked  U-0003") && line.contains("CMP rr"));
    }
}
