package org.camseal.e2e.authority;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
        } finally {
            est.end();
        }
        front.set(Map.of("upstream", upstream("cmp", behind.house().own("server-chain.pem"))));
        RunningAuthority cmp = RunningAuthority.of(front, directory.resolve("front"));
        try {
            cmp.enrolled("line-f1", "by-cmp", "U-0002");
            assertThat(behindVerifies(front, "by-cmp.pem")).contains(": OK");
            refusesToRevoke(cmp, front);
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

    private void refusesToRevoke(RunningAuthority running, AuthorityHouse front) throws Exception {
        PeerOutcome outcome = Peer.OPENSSL.run(List.of(
                "cmp",
                "-cmd",
                "rr",
                "-server",
                running.host(),
                "-path",
                ".well-known/cmp/p/device-tls",
                "-tls_used",
                "-tls_trusted",
                front.own("operations-root.pem"),
                "-trusted",
                front.own("operations-root.pem"),
                "-cert",
                front.file("line-f1.pem"),
                "-key",
                front.file("line-f1-key.pem"),
                "-oldcert",
                front.file("by-cmp.pem"),
                "-revreason",
                "1"));
        assertThat(outcome.exitCode()).isNotZero();
        assertThat(outcome.all()).contains("badCertId");
        assertThat(behind.ocsp("-cert", front.file("by-cmp.pem")).all()).contains(": good");
        assertThat(front.ordered("revoke", "U-0002", "--reason", "superseded").out())
                .contains("revoke them at the authority behind this one too");
    }
}
