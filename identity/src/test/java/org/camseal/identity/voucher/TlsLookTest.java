package org.camseal.identity.voucher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.camseal.peers.Peer;
import org.camseal.peers.PeerProcess;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** openssl's server is the peer. */
class TlsLookTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    private static Path directory;

    private static OpensslAuthority authority;

    @BeforeAll
    static void makeAuthority() throws Exception {
        authority = new OpensslAuthority(directory.resolve("public"));
        authority.issue("server", "/CN=cam.example.com", OpensslAuthority.SERVER + OpensslAuthority.NAMES);
    }

    private static PeerProcess server(int port, String... more) throws Exception {
        List<String> words = new ArrayList<>(
                List.of("s_server", "-accept", "127.0.0.1:" + port, "-cert", authority.file("server", "pem")));
        words.addAll(List.of("-key", authority.file("server", "key"), "-cert_chain", authority.file("issuing", "pem")));
        words.addAll(List.of(more));
        PeerProcess server = PeerProcess.startServer(directory, Peer.OPENSSL.with(words));
        while (server.isAlive() && !server.output().contains("ACCEPT")) {
            Thread.sleep(20);
        }
        return server;
    }

    @Test
    void showsTheChainOfAServerThatNobodyTrustsAndSendsNothing() throws Exception {
        for (String version : List.of("-tls1_3", "-tls1_2")) {
            int port = PeerProcess.freePort();
            try (PeerProcess server = server(port, version, "-naccept", "1")) {
                Shown shown = TlsLook.at("127.0.0.1", port, PATIENCE);
                assertThat(shown.proof()).isEqualTo(Shown.Proof.HANDSHAKE);
                assertThat(shown.chain())
                        .containsExactly(authority.certificate("server"), authority.certificate("issuing"));
                server.endsSomehow(PATIENCE);
                assertThat(server.output().lines().filter(line -> line.startsWith("GET") || line.contains("HTTP")))
                        .isEmpty();
                assertThat(server.output()).contains("CONNECTION CLOSED");
            }
        }
    }

    @Test
    void aServerThatWantsAClientCertificateStillShowsItsOwn() throws Exception {
        int port = PeerProcess.freePort();
        try (PeerProcess server = server(port, "-tls1_2", "-Verify", "2")) {
            Shown shown = TlsLook.at("127.0.0.1", port, PATIENCE);
            assertThat(server.isAlive()).isTrue();
            assertThat(shown.proof()).isEqualTo(Shown.Proof.BROKEN_OFF);
            assertThat(shown.leaf()).isEqualTo(authority.certificate("server"));
        }
    }

    @Test
    void oldKeysAndSignaturesAreShownNotRefused() throws Exception {
        authority.key("old", List.of("-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:1024"));
        authority.signedByItself("old", "/CN=old", OpensslAuthority.SERVER, List.of("-sha1"));
        int port = PeerProcess.freePort();
        List<String> words = List.of(
                "s_server",
                "-accept",
                "127.0.0.1:" + port,
                "-cert",
                authority.file("old", "pem"),
                "-key",
                authority.file("old", "key"),
                "-cipher",
                "DEFAULT@SECLEVEL=0");
        try (PeerProcess server = PeerProcess.startServer(directory, Peer.OPENSSL.with(words))) {
            while (server.isAlive() && !server.output().contains("ACCEPT")) {
                Thread.sleep(20);
            }
            assertThat(TlsLook.at("127.0.0.1", port, PATIENCE).leaf()).isEqualTo(authority.certificate("old"));
        }
    }

    @Test
    void whoNeverAnswersIsGivenUp() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 4, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> TlsLook.at("127.0.0.1", silent.getLocalPort(), Duration.ofMillis(300)))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("no certificate within");
        }
    }

    @Test
    void whoSpeaksNoTlsIsNamed() throws Exception {
        try (ServerSocket plain = new ServerSocket(0, 4, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> {
                try (var peer = plain.accept()) {
                    peer.getOutputStream()
                            .write("RTSP/1.0 400 Bad Request\r\n\r\n"
                                    .getBytes(java.nio.charset.StandardCharsets.US_ASCII));
                    peer.getInputStream().readAllBytes();
                } catch (IOException e) {
                    // the client goes away
                }
            });
            assertThatThrownBy(() -> TlsLook.at("127.0.0.1", plain.getLocalPort(), PATIENCE))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("speaks no TLS");
        }
        int nobody = PeerProcess.freePort();
        assertThatThrownBy(() -> TlsLook.at("127.0.0.1", nobody, PATIENCE))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("see that the server runs");
    }
}
