package org.camseal.cli.cert;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import org.camseal.cli.Said;
import org.camseal.identity.CertificateSubject;
import org.camseal.identity.DeviceAuthority;
import org.camseal.identity.Identity;
import org.camseal.identity.Pem;
import org.camseal.identity.Role;
import org.camseal.identity.TlsContexts;
import org.camseal.identity.customer.CustomerTls;
import org.camseal.peers.OpensslKey;
import org.camseal.peers.Peer;
import org.camseal.web.Access;
import org.camseal.web.ClientCertificates;
import org.camseal.web.Routes;
import org.camseal.web.WebServer;
import org.camseal.web.WebSettings;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CertCommandTest {
    @TempDir
    private Path directory;

    private Path camera = Path.of("");
    private Path makerRoot = Path.of("");
    private DeviceAuthority maker;

    private static Said run(Object... words) {
        return Said.by(words);
    }

    @BeforeEach
    void makeCamera() throws Exception {
        SecureRandom random = new SecureRandom();
        camera = directory.resolve("camera");
        maker = DeviceAuthority.openOrCreate(directory.resolve("maker"), "Maker", InstantSource.system(), random);
        maker.enrol(
                Identity.openOrCreate(camera, Role.CAMERA, random), new CertificateSubject("Maker", "Model X", "CS-1"));
        makerRoot = directory.resolve("maker-root.pem");
        Pem.writeCertificates(makerRoot, List.of(maker.root()));
    }

    @Test
    void aRequestGoesToAnAuthorityAndItsAnswerIsInstalled() throws Exception {
        Said request = run("cert", "request", camera, "--subject", "CN=cam.example.com", "--dns", "cam.example.com");
        assertThat(request.code()).as(request.err()).isZero();
        Path csr = Files.writeString(directory.resolve("cam.csr"), request.out());
        Path root = directory.resolve("ca.pem");
        Path key = directory.resolve("ca.key");
        Path leaf = directory.resolve("cam.pem");
        new OpensslKey(key).selfSigned(root, "/CN=My CA", "-addext", "keyUsage=keyCertSign");
        Path extensions = Files.writeString(
                directory.resolve("ext"),
                "subjectAltName=DNS:cam.example.com\nextendedKeyUsage=serverAuth\ncertificatePolicies=2.23.140.1.2.2\n");
        Peer.OPENSSL
                .run(
                        "x509",
                        "-req",
                        "-in",
                        csr.toString(),
                        "-CA",
                        root.toString(),
                        "-CAkey",
                        key.toString(),
                        "-CAcreateserial",
                        "-days",
                        "90",
                        "-extfile",
                        extensions.toString(),
                        "-out",
                        leaf.toString())
                .good();
        Said wrong = run("cert", "install", camera, root);
        assertThat(wrong.code()).isEqualTo(5);
        assertThat(wrong.err()).contains("camseal: error:").contains("not for the tls-custom key");
        Said installed = run("cert", "install", camera, leaf, "--public-roots", root, "--json");
        assertThat(installed.code()).as(installed.err()).isZero();
        assertThat(installed.json().get("kind").asText()).isEqualTo("organization");
        Said again = run("cert", "request", camera, "--dns", "cam.example.com");
        assertThat(publicKey(again.out())).as("the key stays").isEqualTo(publicKey(request.out()));
        Said anew = run("cert", "request", camera, "--dns", "cam.example.com", "--new-key");
        assertThat(publicKey(anew.out())).isNotEqualTo(publicKey(request.out()));
        assertThat(run("identity", "status", camera).out())
                .contains("tls-custom")
                .contains("CS-1");
    }

    private static String publicKey(String csr) throws Exception {
        return Peer.OPENSSL.feed(csr, "req", "-noout", "-pubkey").good().out();
    }

    @Test
    void aSelfSignedOneIsMadeWithAWarning() throws Exception {
        Said made = run("cert", "self-signed", camera, "--ip", "127.0.0.1", "--days", "30");
        assertThat(made.code()).as(made.err()).isZero();
        assertThat(made.out()).contains("nobody but itself").contains("Anyone can make one");
        assertThat(made.err()).contains("camseal: hint: nobody vouches for this certificate");
        assertThat(run("cert", "self-signed", camera, "--days", "30").code())
                .as("no name")
                .isEqualTo(2);
        assertThat(run("cert", "self-signed", camera, "--ip", "cam", "--days", "30")
                        .code())
                .isEqualTo(2);
        assertThat(run("cert", "self-signed", camera, "--ip", "::1", "--days", "0")
                        .code())
                .isEqualTo(2);
        assertThat(run("cert", "self-signed", directory.resolve("nobody"), "--ip", "::1")
                        .code())
                .isEqualTo(5);
    }

    @Test
    void explainsAServerThatIsTheCameraAnotherOrNobodyKnown() throws Exception {
        Identity identity = Identity.open(camera, new SecureRandom());
        try (WebServer server = serve(TlsContexts.server(identity.tls()))) {
            String place = "127.0.0.1:" + server.port();
            Said genuine = run(
                    "cert",
                    "explain",
                    "rtsps://" + place + "/live",
                    "--device-root",
                    makerRoot,
                    "--serial",
                    "CS-1",
                    "--json");
            assertThat(genuine.code()).as(genuine.err()).isZero();
            assertThat(genuine.json().get("kind").asText()).isEqualTo("device-root");
            assertThat(genuine.json().get("serial").asText()).isEqualTo("CS-1");
            assertThat(genuine.json().get("key").asText()).isEqualTo("shown");
            assertThat(genuine.json().get("weaknesses")).isEmpty();
            Said other = run("cert", "explain", "https://" + place, "--device-root", makerRoot, "--serial", "CS-2");
            assertThat(other.code()).isEqualTo(5);
            assertThat(other.out()).contains("but for the camera CS-1, not for CS-2");
            Said stranger = run("cert", "explain", place);
            assertThat(stranger.code()).isZero();
            assertThat(stranger.out()).contains("nobody who is known here");
            assertThat(stranger.err()).contains("camseal: hint: name whose word counts");
            assertThat(run("cert", "explain", place, "--serial", "CS-1").code())
                    .as("nobody says so")
                    .isEqualTo(5);
        }
        CustomerTls custom = CustomerTls.of(camera, identity);
        run("cert", "self-signed", camera, "--dns", "cam.example.com");
        try (WebServer server = serve(TlsContexts.server(custom.certified().orElseThrow()))) {
            Said own = run("cert", "explain", "127.0.0.1:" + server.port(), "--device-root", makerRoot, "--json");
            assertThat(own.json().get("kind").asText()).isEqualTo("self-signed");
            assertThat(own.json().get("weaknesses").get(0).get("kind").asText()).isEqualTo("wrong-host");
        }
    }

    private static WebServer serve(javax.net.ssl.SSLContext tls) throws Exception {
        WebSettings loopback = WebSettings.loopback(0, new Access.Anyone());
        return WebServer.start(
                WebSettings.https(loopback.bind(), tls, ClientCertificates.AS_THE_CONTEXT_SAYS), new Routes());
    }

    @Test
    void explainsFilesAndSaysWhatCannotBeRead() throws Exception {
        Said file = run("cert", "explain", camera.resolve("media-chain.pem"), "--device-root", makerRoot);
        assertThat(file.code()).isZero();
        assertThat(file.out()).contains("the maker Maker, for its camera CS-1").contains("only a copy");
        Path der = Files.write(directory.resolve("root.der"), maker.root().getEncoded());
        assertThat(run("cert", "explain", der, "--json").json().get("kind").asText())
                .isEqualTo("self-signed");
        Path junk = Files.writeString(directory.resolve("junk"), "junk");
        assertThat(run("cert", "explain", junk).code()).isEqualTo(5);
        Said missing = run("cert", "explain", "no-such-file.pem");
        assertThat(missing.code()).isEqualTo(4);
        assertThat(missing.err()).contains("there is no file no-such-file.pem").contains("HOST:PORT");
        Said plain = run("cert", "explain", "rtsp://user:secret@10.0.0.1/live");
        assertThat(plain.code()).isEqualTo(2);
        assertThat(plain.err()).contains("rtsp has no TLS").doesNotContain("secret");
        assertThat(run("cert", "explain", "ftp://10.0.0.1/").code()).isEqualTo(2);
        assertThat(run("cert", "explain", "10.0.0.1:70000").code()).isEqualTo(2);
        assertThat(run("cert", "explain", "127.0.0.1:1").code()).isEqualTo(4);
    }
}
