package org.camseal.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.camseal.peers.OpensslKey;
import org.camseal.peers.Peer;
import org.camseal.peers.PeerOutcome;
import org.camseal.peers.PeerProcess;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TlsContextsTest {
    private static final int TIMEOUT_MILLIS = 15_000;
    private static final InstantSource CLOCK = InstantSource.system();

    @TempDir
    private static Path directory;

    private static House house;

    @BeforeAll
    static void build() throws Exception {
        house = new House(directory.resolve("house"), CLOCK);
    }

    private static String greeting(SSLContext client, int port, String... protocols) throws IOException {
        try (SSLSocket socket =
                (SSLSocket) client.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            if (protocols.length > 0) {
                socket.setEnabledProtocols(protocols);
            }
            byte[] hello = socket.getInputStream().readNBytes(5);
            return new String(hello, StandardCharsets.US_ASCII) + " "
                    + socket.getSession().getProtocol();
        }
    }

    private static PeerRule anyClient() throws IdentityException {
        return PeerRule.anyOf(house.camera.trust(), Set.of(Purpose.RECORDER, Purpose.PERSON), CLOCK);
    }

    private static PeerRule theCamera() throws IdentityException {
        return PeerRule.camera(house.recorder.trust(), "CS-0001", CLOCK);
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void bothSidesShakeHandsThroughHandles(String protocol) throws Exception {
        try (OneShotServer camera = new OneShotServer(TlsContexts.mutualServer(house.camera.tls(), anyClient()))) {
            SSLContext client = TlsContexts.client(house.recorder.tls(), theCamera());
            assertThat(greeting(client, camera.port(), protocol)).isEqualTo("hello " + protocol);
            assertThat(camera.outcome()).contains("CN=Recorder");
        }
    }

    /** A camera with an RSA key, as elements without elliptic curves have. */
    private static CertifiedKey rsaCamera() throws IdentityException {
        Identity camera = Identity.openOrCreate(directory.resolve("rsa-camera"), Role.CAMERA, House.RANDOM);
        CertificateSubject subject = new CertificateSubject("Maker", "Model R", "CS-RSA");
        KeyHandle key = camera.element().key(Slot.TLS).isPresent()
                ? camera.element().key(Slot.TLS).get()
                : camera.element().generate(Slot.TLS, KeySpec.RSA2048);
        return new CertifiedKey(key, house.maker.issueTls(CertificateRequest.sign(key, subject), subject));
    }

    @ParameterizedTest
    @CsvSource({"EC, -tls1_2, TLSv1.2", "EC, -tls1_3, TLSv1.3", "RSA, -tls1_2, TLSv1.2", "RSA, -tls1_3, TLSv1.3"})
    void opensslAsClientAcceptsOurServer(String key, String option, String protocol) throws Exception {
        Peer.OPENSSL.require();
        Path root = directory.resolve("device-root.pem");
        Pem.writeCertificates(root, List.of(house.maker.root()));
        CertifiedKey own = key.equals("EC") ? house.camera.tls() : rsaCamera();
        try (OneShotServer camera = new OneShotServer(TlsContexts.server(own))) {
            PeerOutcome result = Peer.OPENSSL.run(
                    "s_client",
                    "-connect",
                    "127.0.0.1:" + camera.port(),
                    option,
                    "-CAfile",
                    root.toString(),
                    "-purpose",
                    "sslserver",
                    "-ign_eof",
                    "-verify_return_error",
                    "-x509_strict");
            assertThat(result.all())
                    .contains("Verify return code: 0 (ok)")
                    .contains(protocol)
                    .contains(key.equals("EC") ? "serialNumber = CS-0001" : "serialNumber = CS-RSA")
                    .contains("hello");
            assertThat(camera.outcome()).isEqualTo("nobody");
        }
    }

    /** A person whose key openssl made and holds. */
    private static List<String> opensslPerson() throws Exception {
        Path key = directory.resolve("person-key.pem");
        Path chain = directory.resolve("person-chain.pem");
        if (!Files.exists(chain)) {
            Path request = directory.resolve("request.pem");
            new OpensslKey(key).request(request, "/CN=Bob");
            String pem = Files.readString(request);
            CertificateSubject subject = new CertificateSubject("Site", "Bob", "bob");
            Pem.writeCertificates(chain, house.site.issuePerson(CertificateRequest.parse(pem, "openssl"), subject));
        }
        Path issuing = directory.resolve("site-issuing.pem");
        Pem.writeCertificates(issuing, List.of(house.site.issuing()));
        return List.of("-cert", chain.toString(), "-cert_chain", issuing.toString(), "-key", key.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"-tls1_2", "-tls1_3"})
    void opensslAsClientNeedsACertificateWhereOneIsRequired(String option) throws Exception {
        Peer.OPENSSL.require();
        List<String> command = new ArrayList<>(List.of("s_client", "-ign_eof", option, "-connect"));
        try (OneShotServer camera = new OneShotServer(TlsContexts.mutualServer(house.camera.tls(), anyClient()))) {
            List<String> with = new ArrayList<>(command);
            with.add("127.0.0.1:" + camera.port());
            with.addAll(opensslPerson());
            PeerOutcome result = Peer.OPENSSL.run(with.toArray(String[]::new));
            assertThat(camera.outcome()).as(result.all()).contains("CN=Bob");
        }
        try (OneShotServer camera = new OneShotServer(TlsContexts.mutualServer(house.camera.tls(), anyClient()))) {
            command.add("127.0.0.1:" + camera.port());
            PeerOutcome result = Peer.OPENSSL.run(command.toArray(String[]::new));
            assertThat(camera.outcome()).startsWith("failed:");
            assertThat(result.all()).doesNotContain("hello");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"-tls1", "-tls1_1"})
    void oldVersionsAreRefused(String option) throws Exception {
        Peer.OPENSSL.require();
        try (OneShotServer camera = new OneShotServer(TlsContexts.server(house.camera.tls()))) {
            PeerOutcome result = Peer.OPENSSL.run(
                    "s_client", "-connect", "127.0.0.1:" + camera.port(), option, "-cipher", "ALL:@SECLEVEL=0");
            assertThat(result.exitCode()).isNotZero();
            assertThat(camera.outcome()).startsWith("failed:");
        }
    }

    @Test
    void ciphersWithoutForwardSecrecyOrAuthenticationAreRefused() throws Exception {
        Peer.OPENSSL.require();
        for (String cipher : List.of("ECDHE-ECDSA-AES128-SHA256", "ECDHE-ECDSA-AES256-SHA")) {
            try (OneShotServer camera = new OneShotServer(TlsContexts.server(house.camera.tls()))) {
                PeerOutcome result = Peer.OPENSSL.run(
                        "s_client", "-connect", "127.0.0.1:" + camera.port(), "-tls1_2", "-cipher", cipher);
                assertThat(result.exitCode()).as(cipher).isNotZero();
            }
        }
        try (OneShotServer camera = new OneShotServer(TlsContexts.server(house.camera.tls()))) {
            PeerOutcome result = Peer.OPENSSL.run(
                    "s_client",
                    "-connect",
                    "127.0.0.1:" + camera.port(),
                    "-tls1_2",
                    "-cipher",
                    "ECDHE-ECDSA-CHACHA20-POLY1305");
            assertThat(result.exitCode()).as(result.all()).isZero();
        }
    }

    private static void assertClientRefuses(SSLContext client, CertifiedKey server, String... told) throws Exception {
        try (OneShotServer peer = new OneShotServer(TlsContexts.server(server))) {
            assertThatThrownBy(() -> greeting(client, peer.port()))
                    .isInstanceOf(SSLException.class)
                    .satisfies(e -> assertThat(e.getMessage()).contains(told));
        }
    }

    @Test
    void aClientRefusesAnotherCameraOfTheSameMaker() throws Exception {
        SSLContext wants2 = TlsContexts.client(PeerRule.camera(house.recorder.trust(), "CS-0002", CLOCK));
        assertClientRefuses(wants2, house.camera.tls(), "CS-0001", "CS-0002 was expected", "wrong address");
        try (OneShotServer peer = new OneShotServer(TlsContexts.server(house.camera.tls()))) {
            assertThat(greeting(TlsContexts.client(theCamera()), peer.port())).startsWith("hello");
        }
    }

    @Test
    void aClientRefusesAnotherMaker() throws Exception {
        DeviceAuthority other = DeviceAuthority.openOrCreate(
                directory.resolve("other-maker"), "Maker", CLOCK, House.RANDOM); // of the same name
        Identity fake = Identity.openOrCreate(directory.resolve("fake"), Role.CAMERA, House.RANDOM);
        other.enrol(fake, House.CAMERA);
        assertClientRefuses(TlsContexts.client(theCamera()), fake.tls(), "not trusted", "BAD_SIGNATURE");
    }

    @Test
    void aClientRefusesOtherPurposes() throws Exception {
        SSLContext wantsRecorder = TlsContexts.client(PeerRule.recorder(house.person.trust(), "CS-0001", CLOCK));
        assertClientRefuses(wantsRecorder, house.camera.tls(), "not trusted as a recorder", "UNKNOWN_ROOT");
        SSLContext wantsRecorder1 = TlsContexts.client(PeerRule.recorder(house.recorder.trust(), "ann", CLOCK));
        assertClientRefuses(wantsRecorder1, house.person.tls(), "not trusted as a recorder", "WRONG_PURPOSE");
        try (OneShotServer peer = new OneShotServer(TlsContexts.server(house.recorder.tls()))) {
            SSLContext right = TlsContexts.client(PeerRule.recorder(house.person.trust(), "rec-1", CLOCK));
            assertThat(greeting(right, peer.port())).startsWith("hello");
        }
    }

    @Test
    void aClientRefusesWhatHasExpired() throws Exception {
        InstantSource later = InstantSource.offset(CLOCK, Duration.ofDays(400));
        assertClientRefuses(
                TlsContexts.client(PeerRule.recorder(house.person.trust(), "rec-1", later)),
                house.recorder.tls(),
                "EXPIRED",
                "valid until");
    }

    @Test
    void aServerRefusesWhoIsNoneOfTheRolesAsked() throws Exception {
        PeerRule recordersOnly = PeerRule.anyOf(house.camera.trust(), Set.of(Purpose.RECORDER), CLOCK);
        for (CertifiedKey wrong : List.of(house.person.tls(), house.camera.tls())) {
            try (OneShotServer camera =
                    new OneShotServer(TlsContexts.mutualServer(house.camera.tls(), recordersOnly))) {
                SSLContext client = TlsContexts.client(wrong, theCamera());
                assertThatThrownBy(() -> greeting(client, camera.port(), "TLSv1.3"))
                        .isInstanceOf(IOException.class);
                assertThat(camera.outcome()).contains("not trusted as a recorder");
            }
        }
        try (OneShotServer camera = new OneShotServer(TlsContexts.mutualServer(house.camera.tls(), recordersOnly))) {
            SSLContext client = TlsContexts.client(house.recorder.tls(), theCamera());
            assertThat(greeting(client, camera.port())).startsWith("hello");
        }
    }

    @Test
    void aServerThatNeedsCertificatesRefusesClientsWithout() throws Exception {
        for (String protocol : List.of("TLSv1.2", "TLSv1.3")) {
            try (OneShotServer camera = new OneShotServer(TlsContexts.mutualServer(house.camera.tls(), anyClient()))) {
                SSLContext client = TlsContexts.client(theCamera());
                assertThatThrownBy(() -> greeting(client, camera.port(), protocol))
                        .isInstanceOf(IOException.class);
                assertThat(camera.outcome()).startsWith("failed:");
            }
        }
    }

    @Test
    void enginesBeginWithTheSameSettingsAsSockets() throws Exception {
        SSLContext mutual = TlsContexts.mutualServer(house.camera.tls(), anyClient());
        assertThat(mutual.createSSLEngine().getNeedClientAuth()).isTrue();
        assertThat(mutual.createSSLEngine("127.0.0.1", 1).getEnabledProtocols()).containsExactly("TLSv1.3", "TLSv1.2");
        assertThat(mutual.getDefaultSSLParameters().getNeedClientAuth()).isTrue();
        assertThat(mutual.getSupportedSSLParameters().getCipherSuites())
                .isNotEmpty()
                .allSatisfy(suite -> assertThat(suite).containsAnyOf("GCM", "CHACHA20"));
        assertThat(TlsContexts.server(house.camera.tls()).createSSLEngine().getNeedClientAuth())
                .isFalse();
    }

    @Test
    void onlyTlsKeysSpeakTls() throws Exception {
        CertifiedKey media = house.camera.media();
        assertThatThrownBy(() -> TlsContexts.server(media)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aServerContextTrustsNobodyAsAClient() throws Exception {
        try (OneShotServer camera = new OneShotServer(TlsContexts.server(house.camera.tls()))) {
            SSLContext misused = TlsContexts.server(house.recorder.tls());
            assertThatThrownBy(() -> greeting(misused, camera.port())).hasMessageContaining("no peer is trusted here");
        }
    }

    @Test
    void opensslAsServerIsJudgedByTheSameRules() throws Exception {
        Peer.OPENSSL.require();
        Path key = directory.resolve("server-key.pem");
        Path request = directory.resolve("request.pem");
        new OpensslKey(key).request(request, "/CN=foreign");
        String pem = Files.readString(request);
        Path chain = directory.resolve("server-chain.pem");
        Pem.writeCertificates(
                chain,
                house.maker.issueTls(
                        CertificateRequest.parse(pem, "openssl"),
                        new CertificateSubject("Maker", "Model O", "CS-OPEN")));
        Path issuing = directory.resolve("maker-issuing.pem");
        Pem.writeCertificates(issuing, List.of(house.maker.issuing()));
        List<String> command = Peer.OPENSSL.with(List.of(
                "s_server",
                "-accept",
                "127.0.0.1:0",
                "-cert",
                chain.toString(),
                "-cert_chain",
                issuing.toString(),
                "-key",
                key.toString(),
                "-rev"));
        try (PeerProcess server = PeerProcess.startServer(directory, command)) {
            int port = acceptPort(server);
            String right =
                    reversed(TlsContexts.client(PeerRule.camera(house.recorder.trust(), "CS-OPEN", CLOCK)), port);
            assertThat(right).isEqualTo("olleh");
            SSLContext other = TlsContexts.client(theCamera());
            assertThatThrownBy(() -> reversed(other, port)).hasMessageContaining("CS-0001 was expected");
        }
    }

    private static int acceptPort(PeerProcess server) throws IOException, InterruptedException {
        for (int i = 0; i < 500 && server.isAlive(); i++) {
            for (String line : server.output().split("\n", -1)) {
                if (line.startsWith("ACCEPT 127.0.0.1:")) {
                    return Integer.parseInt(
                            line.substring(line.lastIndexOf(':') + 1).strip());
                }
            }
            Thread.sleep(20);
        }
        throw new IOException("openssl s_server does not listen: " + server.output());
    }

    private static String reversed(SSLContext client, int port) throws IOException {
        try (SSLSocket socket =
                (SSLSocket) client.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.getOutputStream().write("hello\n".getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readNBytes(5), StandardCharsets.US_ASCII);
        }
    }
}
