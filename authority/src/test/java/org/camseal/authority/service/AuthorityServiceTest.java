package org.camseal.authority.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.camseal.authority.AuthorityException;
import org.camseal.authority.console.ConsoleRoutes;
import org.camseal.authority.keys.AuthorityHome;
import org.camseal.authority.keys.AuthorityKeys;
import org.camseal.authority.keys.Ceremony;
import org.camseal.authority.keys.KeyPlace;
import org.camseal.authority.registration.OperatorDesk;
import org.camseal.authority.upstream.UpstreamSettings;
import org.camseal.identity.CertificateProfile;
import org.camseal.identity.CertificateSubject;
import org.camseal.identity.CertifiedKey;
import org.camseal.identity.KeyHandle;
import org.camseal.identity.KeySpec;
import org.camseal.identity.PeerRule;
import org.camseal.identity.Purpose;
import org.camseal.identity.Slot;
import org.camseal.identity.SoftwareSecureElement;
import org.camseal.identity.TlsContexts;
import org.camseal.identity.TrustEvaluator;
import org.camseal.identity.TrustRoots;
import org.camseal.web.WebClient;
import org.camseal.web.WebException;
import org.camseal.web.WebServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An authority while it runs: its console at both of its doors, and its own certificate as time goes by. */
@Timeout(120)
class AuthorityServiceTest {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final InstantSource CLOCK = InstantSource.system();

    /** The service's own clock, which a test may put forward. */
    private static final AtomicReference<Duration> AHEAD = new AtomicReference<>(Duration.ZERO);

    @TempDir
    private static Path directory;

    private static AuthorityService service;
    private static AuthorityKeys keys;

    @BeforeAll
    static void open() throws Exception {
        AuthorityHome home = new AuthorityHome(directory.resolve("authority"));
        Path passphrase = Files.writeString(directory.resolve("passphrase"), "test data passphrase");
        Files.setPosixFilePermissions(passphrase, PosixFilePermissions.fromString("rw-------"));
        KeyPlace place = new KeyPlace.Encrypted(passphrase);
        new Ceremony(CLOCK, RANDOM)
                .hold(new Ceremony.Plan(home, directory.resolve("roots"), "Maker", "Factory", place, place, place));
        AuthoritySettings usual = AuthoritySettings.DEFAULTS;
        AuthoritySettings settings = new AuthoritySettings(
                "127.0.0.1:0",
                "",
                usual.publicConnections(),
                usual.publicRequestsPerSecond(),
                "127.0.0.1:0",
                List.of(),
                usual.register(),
                usual.registerUser(),
                "",
                "encrypted",
                passphrase.toString(),
                "Maker",
                "log.example.com/cameras",
                1,
                usual.listIntervalSeconds(),
                UpstreamSettings.NONE);
        InstantSource ahead = () -> CLOCK.instant().plus(AHEAD.get());
        service = AuthorityService.start(home, settings, new AuthorityService.Surroundings(ahead, RANDOM, fault -> {}));
        keys = AuthorityKeys.of(home, place, place, CLOCK, RANDOM);
    }

    @AfterAll
    static void close() {
        keys.close();
        service.close();
    }

    @Test
    void itsConsoleIsForOperatorsWithTheirCertificates() throws Exception {
        try (WebClient client = client(TlsContexts.client(operator(), server()))) {
            assertThat(client.get("api/overview", JsonNode.class)
                            .get("operator")
                            .asText())
                    .isEqualTo("anna");
            assertThat(client.get("api/orders", JsonNode.class)).isEmpty();
            try (var page = client.stream("")) {
                assertThat(new String(page.readAllBytes(), StandardCharsets.UTF_8))
                        .contains("CamSeal authority");
            }
            try (var look = client.stream("../camseal/camseal.css")) {
                assertThat(look.readAllBytes()).isNotEmpty();
            }
        }
        try (WebClient nobody = client(TlsContexts.client(server()))) {
            assertThatThrownBy(() -> nobody.get("api/overview", JsonNode.class))
                    .isInstanceOfSatisfying(
                            WebException.Answered.class,
                            refused -> assertThat(refused.status()).isEqualTo(401));
        }
    }

    @Test
    void whoStartedItLooksWithTheTokenAndNoCertificate() throws Exception {
        WebServer console = service.console().orElseThrow();
        String token = console.entryUri().getQuery().substring("token=".length());
        assertThat(asked(console, token, "api/orders")).startsWith("200 [");
        assertThat(asked(console, token, "api/overview")).startsWith("200 ").doesNotContain("anna");
        assertThat(asked(console, "another", "api/orders")).startsWith("401 ");
        assertThat(asked(console, token, "api/disputes/D-000001/vote"))
                .as("it takes POST, and no vote by token")
                .startsWith("405 ");
    }

    private static String asked(WebServer console, String token, String path) throws Exception {
        try (var client = java.net.http.HttpClient.newHttpClient()) {
            URI address = console.uri().resolve("console/" + path);
            var request = java.net.http.HttpRequest.newBuilder(address).header("Authorization", "Bearer " + token);
            var answer = client.send(request.build(), java.net.http.HttpResponse.BodyHandlers.ofString());
            return answer.statusCode() + " " + answer.body();
        }
    }

    @Test
    void itsCertificateIsRenewedWhileConnectionsGoOn() throws Exception {
        try (SSLSocket before = connection()) {
            X509Certificate old = shown(before);
            assertThat(cacerts(before)).startsWith("HTTP/1.1 200");
            try (SSLSocket soon = connection()) {
                assertThat(shown(soon)).as("not due yet").isEqualTo(old);
            }
            Instant due = CertificateProfile.AUTHORITY_SERVER.renewableFrom(
                    old.getNotAfter().toInstant());
            AHEAD.set(Duration.between(CLOCK.instant(), due).plusSeconds(1));
            try (SSLSocket after = connection()) {
                X509Certificate renewed = shown(after);
                assertThat(renewed.getSerialNumber()).isNotEqualTo(old.getSerialNumber());
                assertThat(renewed.getPublicKey()).isEqualTo(old.getPublicKey());
                assertThat(renewed.getNotAfter()).isAfter(old.getNotAfter());
                assertThat(cacerts(after)).startsWith("HTTP/1.1 200");
            }
            assertThat(cacerts(before)).as("the connection from before goes on").startsWith("HTTP/1.1 200");
        } finally {
            AHEAD.set(Duration.ZERO);
        }
    }

    @Test
    void aRenewalThatFailsIsToldAndTriedAgain() throws Exception {
        CertifiedKey own = operator();
        Instant due = CertificateProfile.OPERATOR.renewableFrom(
                own.chain().getFirst().getNotAfter().toInstant());
        AtomicReference<Instant> now = new AtomicReference<>(due.minusSeconds(1));
        List<Exception> told = new ArrayList<>();
        List<Instant> asked = new ArrayList<>();
        RenewedKey key = new RenewedKey(
                CertificateProfile.OPERATOR,
                () -> {
                    asked.add(now.get());
                    if (asked.size() == 2) {
                        throw new AuthorityException.Key("the element is away");
                    }
                    return own;
                },
                now::get,
                told::add);
        for (Duration later :
                List.of(Duration.ZERO, Duration.ofSeconds(1), Duration.ofMinutes(1), Duration.ofMinutes(11))) {
            now.set(due.minusSeconds(1).plus(later));
            assertThat(key.get()).isEqualTo(own);
        }
        assertThat(told).singleElement().hasToString(new AuthorityException.Key("the element is away").toString());
        assertThat(asked)
                .containsExactly(due.minusSeconds(1), due, due.minusSeconds(1).plus(Duration.ofMinutes(11)));
    }

    private static SSLSocket connection() throws Exception {
        SSLSocket socket = (SSLSocket) TlsContexts.client(server())
                .getSocketFactory()
                .createSocket("127.0.0.1", service.https().port());
        socket.setSoTimeout(60_000);
        socket.startHandshake();
        return socket;
    }

    private static X509Certificate shown(SSLSocket socket) {
        return TlsContexts.peerChain(socket.getSession()).getFirst();
    }

    /** The whole answer to a request on a connection that stays. */
    private static String cacerts(SSLSocket socket) throws IOException {
        String request = "GET /.well-known/est/cacerts HTTP/1.1\r\nHost: 127.0.0.1:"
                + service.https().port() + "\r\n\r\n";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int c = socket.getInputStream().read();
            if (c < 0) {
                throw new IOException("closed after " + head);
            }
            head.append((char) c);
        }
        String length = head.toString().replaceAll("(?s).*Content-Length: ([0-9]+)\r\n.*", "$1");
        return head
                + new String(socket.getInputStream().readNBytes(Integer.parseInt(length)), StandardCharsets.US_ASCII);
    }

    private static CertifiedKey operator() throws Exception {
        KeyHandle key = SoftwareSecureElement.open(Files.createTempDirectory(directory, "anna"), RANDOM)
                .generate(Slot.TLS, KeySpec.P256);
        List<X509Certificate> chain = keys.staff(
                CertificateProfile.OPERATOR, key.publicKey(), new CertificateSubject("Maker", "Anna", "anna"));
        new OperatorDesk(service.register(), RANDOM)
                .certify("test", CertificateProfile.OPERATOR, "anna", chain.getFirst());
        return new CertifiedKey(key, chain);
    }

    private static PeerRule server() throws AuthorityException {
        return new PeerRule(
                new TrustEvaluator(TrustRoots.NONE.withOperations(keys.operationsRoot())),
                Set.of(Purpose.AUTHORITY_SERVER),
                Optional.empty(),
                CLOCK);
    }

    private static WebClient client(SSLContext tls) {
        return new WebClient(
                service.https().uri().resolve(ConsoleRoutes.PREFIX),
                Optional.of(tls),
                Optional.empty(),
                WebClient.Limits.USUAL);
    }
}
