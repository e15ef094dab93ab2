package org.camseal.authority.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.CRLReason;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.camseal.authority.AuthorityException;
import org.camseal.authority.TestPki;
import org.camseal.authority.status.Revoked;
import org.camseal.identity.CertificateProfile;
import org.camseal.identity.CertifiedKey;
import org.camseal.identity.KeyHandle;
import org.camseal.identity.KeySpec;
import org.camseal.identity.Pem;
import org.camseal.identity.Purpose;
import org.camseal.identity.Slot;
import org.camseal.identity.SoftwareSecureElement;
import org.camseal.peers.Peer;
import org.camseal.peers.PeerProcess;
import org.camseal.web.WebClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A CMP server that nobody here wrote, openssl's, is told of a revocation: it checks our signature, and which certificate is named. */
@Timeout(180)
class ForeignRevocationTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final InstantSource CLOCK = InstantSource.system();

    @TempDir
    private Path directory;

    private void pem(String name, Object object) throws IOException {
        try (var file = Files.newBufferedWriter(directory.resolve(name));
                JcaPEMWriter pem = new JcaPEMWriter(file)) {
            pem.writeObject(object);
        }
    }

    private String file(String name) {
        return directory.resolve(name).toString();
    }

    private CertifiedKey own(String name, TestPki pki) throws Exception {
        KeyHandle key = SoftwareSecureElement.open(directory.resolve(name), new SecureRandom())
                .generate(Slot.TLS, KeySpec.P256);
        return new CertifiedKey(key, List.of(pki.leaf("O=Maker,CN=Line,2.5.4.5=L1", Purpose.LINE, key.publicKey())));
    }

    /** It knows one certificate, and revokes no other. */
    private PeerProcess server(int port, TestPki pki, X509Certificate camera) throws Exception {
        TestPki.Holder signer = pki.leaf("O=Others,CN=CA,2.5.4.5=ca", Purpose.AUTHORITY_SERVER);
        pem("signer.pem", signer.certificate());
        pem("signer-key.pem", new JcaPKCS8Generator(signer.keys().getPrivate(), null));
        pem("camera.pem", camera);
        pem("root.pem", pki.root());
        return PeerProcess.start(
                directory,
                Peer.OPENSSL.with(List.of(
                        "cmp",
                        "-port",
                        String.valueOf(port),
                        "-srv_cert",
                        file("signer.pem"),
                        "-srv_key",
                        file("signer-key.pem"),
                        "-srv_trusted",
                        file("root.pem"),
                        "-rsp_cert",
                        file("camera.pem"))));
    }

    private static void awaitListening(PeerProcess server, int port) throws Exception {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!server.output().contains("ACCEPT")) {
            assertThat(server.isAlive()).as("%s", server.output()).isTrue();
            assertThat(System.nanoTime() - deadline)
                    .as("listens on %d: %s", port, server.output())
                    .isNegative();
            Thread.sleep(50);
        }
    }

    private static Revoked revoked(BigInteger number) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        return new Revoked(number, now, CRLReason.KEY_COMPROMISE, Optional.of(now.minusSeconds(3600)));
    }

    @Test
    void itRevokesTheOneCertificateAndNoOther() throws Exception {
        TestPki pki = new TestPki("Others");
        CertifiedKey own = own("own", pki);
        X509Certificate camera = pki.leaf("O=Maker,CN=Model X,2.5.4.5=CS-0001", Purpose.DEVICE_TLS)
                .certificate();
        int port = PeerProcess.freePort();
        try (PeerProcess server = server(port, pki, camera)) {
            awaitListening(server, port);
            X509Certificate signer =
                    Pem.readCertificates(directory.resolve("signer.pem")).getFirst();
            CmpUpstream upstream = upstream(port, own, signer);
            upstream.revoke(CertificateProfile.DEVICE_TLS, pki.root(), revoked(camera.getSerialNumber()));

            assertThatThrownBy(() -> upstream.revoke(
                            CertificateProfile.DEVICE_TLS,
                            pki.root(),
                            revoked(camera.getSerialNumber().add(BigInteger.ONE))))
                    .isInstanceOf(AuthorityException.Upstream.class)
                    .hasMessageContaining("did not revoke");
            TestPki others = new TestPki("Third");
            assertThatThrownBy(() -> upstream(port, own("others-own", others), signer)
                            .revoke(CertificateProfile.DEVICE_TLS, pki.root(), revoked(camera.getSerialNumber())))
                    .as("signed by somebody it does not know")
                    .isInstanceOf(AuthorityException.Upstream.class)
                    .hasMessageContaining("did not revoke");
            assertThatThrownBy(() -> upstream(port, own, pki.root())
                            .revoke(CertificateProfile.DEVICE_TLS, pki.root(), revoked(camera.getSerialNumber())))
                    .as("an answer that somebody else signed")
                    .isInstanceOf(AuthorityException.Upstream.class)
                    .hasMessageContaining("not signed by the key that is configured");
        }
    }

    private static CmpUpstream upstream(int port, CertifiedKey own, X509Certificate signer) {
        WebClient web = new WebClient(
                URI.create("http://" + InetAddress.getLoopbackAddress().getHostAddress() + ":" + port + "/"),
                Optional.empty(),
                Optional.empty(),
                WebClient.Limits.USUAL);
        return new CmpUpstream(
                web,
                Map.of(CertificateProfile.DEVICE_TLS, "pkix/"),
                new UpstreamMessages(own, signer, CLOCK, new SecureRandom()));
    }
}
