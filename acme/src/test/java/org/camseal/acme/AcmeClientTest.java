package org.camseal.acme;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.camseal.identity.Identity;
import org.camseal.identity.IdentityException;
import org.camseal.identity.KeySpec;
import org.camseal.identity.Pem;
import org.camseal.identity.Role;
import org.camseal.identity.customer.CustomerTls;
import org.camseal.identity.customer.RequestedNames;
import org.camseal.peers.Pebble;
import org.camseal.peers.PeerProcess;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** pebble is the authority, which nobody here wrote. */
class AcmeClientTest {
    private static final AcmeClient.Asker AGREES = new AcmeClient.Asker(Optional.of("owner@example.com"), true);
    private static final AcmeClient.Limits LIMITS =
            new AcmeClient.Limits(Duration.ofSeconds(60), InstantSource.system());

    @TempDir
    private static Path shared;

    private static Pebble pebble;
    private static X509Certificate root;

    @TempDir
    private Path directory;

    private CustomerTls custom;

    @BeforeAll
    static void startAuthority() throws Exception {
        pebble = new Pebble(shared);
        root = Pem.readCertificates(pebble.root()).getFirst();
    }

    @AfterAll
    static void endAuthority() {
        if (pebble != null) {
            pebble.close();
        }
    }

    @BeforeEach
    void makeKey() throws Exception {
        Path home = directory.resolve("camera");
        custom = CustomerTls.of(home, Identity.openOrCreate(home, Role.CAMERA, new SecureRandom()));
        custom.keyOrNew(KeySpec.P256);
    }

    private static Proving http() {
        return new Proving.Http(new InetSocketAddress(InetAddress.getLoopbackAddress(), pebble.httpPort()));
    }

    private static Proving tlsAlpn() {
        return new Proving.TlsAlpn(new InetSocketAddress(InetAddress.getLoopbackAddress(), pebble.tlsPort()));
    }

    private AcmeClient client(Proving proving) {
        return client(new AcmeAuthority(pebble.directory(), List.of(root)), proving);
    }

    private AcmeClient client(AcmeAuthority authority, Proving proving) {
        return new AcmeClient(authority, directory.resolve("account.pem"), proving, LIMITS, new SecureRandom());
    }

    private Issued obtain(AcmeClient client, String... names) throws Exception {
        return client.obtain(List.of(names), custom.request(new RequestedNames("", List.of(names), List.of())), AGREES);
    }

    @Test
    void provesNamesByHttpAndByTlsAndIsKnownAgain() throws Exception {
        Issued first = obtain(client(http()), "cam1.example.com", "cam2.example.com");
        String account = Files.readString(directory.resolve("account.pem"));
        Issued second = obtain(client(tlsAlpn()), "cam1.example.com");
        assertThat(Files.readString(directory.resolve("account.pem")))
                .as("the account stays")
                .isEqualTo(account);
        assertThat(Files.getPosixFilePermissions(directory.resolve("account.pem")))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
        for (Issued issued : List.of(first, second)) {
            X509Certificate leaf = issued.chain().getFirst();
            assertThat(custom.install(issued.chain(), Instant.now())).hasSizeGreaterThan(1);
            assertThat(custom.certified().orElseThrow().chain().getFirst()).isEqualTo(leaf);
            assertThat(issued.renewFrom())
                    .isBetween(
                            leaf.getNotBefore().toInstant(), leaf.getNotAfter().toInstant());
        }
        assertThat(first.chain().getFirst().getSubjectAlternativeNames()).hasSize(2);
    }

    @Test
    void aNameThatDoesNotLeadHereIsNotProved() throws Exception {
        Proving elsewhere =
                new Proving.Http(new InetSocketAddress(InetAddress.getLoopbackAddress(), PeerProcess.freePort()));
        assertThatThrownBy(() -> obtain(client(elsewhere), "cam1.example.com"))
                .isInstanceOf(IssuanceException.NotProved.class)
                .hasMessageContaining("cam1.example.com leads here")
                .hasMessageContaining("port 80");
        Proving tlsElsewhere =
                new Proving.TlsAlpn(new InetSocketAddress(InetAddress.getLoopbackAddress(), PeerProcess.freePort()));
        assertThatThrownBy(() -> obtain(client(tlsElsewhere), "cam1.example.com"))
                .isInstanceOf(IssuanceException.NotProved.class)
                .hasMessageContaining("port 443");
    }

    @Test
    void aTakenPortIsSaid() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            InetSocketAddress place = new InetSocketAddress(InetAddress.getLoopbackAddress(), taken.getLocalPort());
            for (Proving proving : List.of(new Proving.Http(place), new Proving.TlsAlpn(place))) {
                assertThatThrownBy(() -> obtain(client(proving), "cam1.example.com"))
                        .isInstanceOf(IssuanceException.NotProved.class)
                        .hasMessageContaining("cannot listen on");
            }
        }
    }

    @Test
    void termsMustBeAgreedToAndTheRootMustBeRight() throws Exception {
        byte[] request = custom.request(new RequestedNames("", List.of("cam1.example.com"), List.of()));
        assertThatThrownBy(() -> client(http())
                        .obtain(List.of("cam1.example.com"), request, new AcmeClient.Asker(Optional.empty(), false)))
                .isInstanceOf(IssuanceException.Refused.class)
                .hasMessageContaining("terms");
        assertThatThrownBy(() ->
                        obtain(client(new AcmeAuthority(pebble.directory(), List.of()), http()), "cam1.example.com"))
                .isInstanceOf(IssuanceException.Unreachable.class)
                .hasMessageContaining("give its root");
        URI nobody = URI.create("https://127.0.0.1:" + PeerProcess.freePort() + "/dir");
        assertThatThrownBy(() -> obtain(client(new AcmeAuthority(nobody, List.of()), http()), "cam1.example.com"))
                .isInstanceOf(IssuanceException.Unreachable.class);
        assertThatThrownBy(() -> new AcmeAuthority(URI.create("http://127.0.0.1/dir"), List.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void whatTheAuthorityRefusesIsTold() throws Exception {
        assertThatThrownBy(() -> obtain(client(http()), "blocked.example.com"))
                .isInstanceOf(IssuanceException.Refused.class)
                .hasMessageContaining("refuses");
        byte[] other = custom.request(new RequestedNames("", List.of("other.example.com"), List.of()));
        assertThatThrownBy(() -> client(http()).obtain(List.of("cam1.example.com"), other, AGREES))
                .as("a request for another name than was proved")
                .isInstanceOf(IssuanceException.Refused.class);
    }

    @Test
    void aDamagedAccountKeyIsNotReplaced() throws Exception {
        Path file = Files.writeString(directory.resolve("account.pem"), "junk");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        assertThatThrownBy(() -> obtain(client(http()), "cam1.example.com"))
                .isInstanceOf(IdentityException.Malformed.class)
                .hasMessageContaining("restore it");
        assertThat(Files.readString(file)).isEqualTo("junk");
    }
}
