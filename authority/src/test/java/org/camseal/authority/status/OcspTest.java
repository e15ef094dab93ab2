package org.camseal.authority.status;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.bouncycastle.cert.ocsp.OCSPResp;
import org.camseal.peers.Peer;
import org.camseal.peers.PeerOutcome;
import org.camseal.web.Access;
import org.camseal.web.Routes;
import org.camseal.web.WebServer;
import org.camseal.web.WebSettings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The responder as openssl asks it, over plain HTTP. */
class OcspTest {
    @TempDir
    private Path directory;

    private StatusWorld world;
    private OcspResponder responder;
    private WebServer server;

    @BeforeEach
    void start() throws Exception {
        world = new StatusWorld(directory);
        responder =
                new OcspResponder(List.of(world.ocspIssuer()), OcspResponder.Settings.USUAL, InstantSource.system());
        Routes routes = new Routes();
        RevocationList list = new RevocationList(
                world.listIssuer(), directory.resolve("issuing.crl"), Duration.ofDays(7), InstantSource.system());
        new StatusRoutes(responder, List.of(list), InstantSource.system()).add(routes);
        server = WebServer.start(
                WebSettings.loopback(0, new Access.Anyone()).withHostNames(Set.of("127.0.0.1")), routes);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private PeerOutcome openssl(BigInteger device, String... more) throws Exception {
        List<String> arguments = new ArrayList<>(List.of("ocsp"));
        arguments.addAll(List.of(more)); // a digest has to stand in front of the certificate
        arguments.addAll(List.of(
                "-issuer",
                directory.resolve("issuing.pem").toString(),
                "-cert",
                world.device(device).toString(),
                "-CAfile",
                directory.resolve("issuing.pem").toString(),
                "-url",
                server.uri() + "ocsp"));
        return Peer.OPENSSL.run(arguments);
    }

    /** A request as openssl makes it. */
    private byte[] request(BigInteger device, String... more) throws Exception {
        Path file = directory.resolve("request.der");
        List<String> arguments = new ArrayList<>(List.of(
                "ocsp",
                "-issuer",
                directory.resolve("issuing.pem").toString(),
                "-cert",
                world.device(device).toString(),
                "-reqout",
                file.toString()));
        arguments.addAll(List.of(more));
        Peer.OPENSSL.run(arguments).good();
        return Files.readAllBytes(file);
    }

    private static int status(OcspAnswer answer) throws IOException {
        return new OCSPResp(answer.der()).getStatus();
    }

    @Test
    void opensslLearnsGoodRevokedAndUnknownAndGetsItsNonceBack() throws Exception {
        PeerOutcome good = openssl(StatusWorld.GOOD).good();
        assertThat(good.all()).contains("Response verify OK", ": good").doesNotContain("no nonce");
        PeerOutcome revoked = openssl(StatusWorld.REVOKED, "-resp_text").good();
        assertThat(revoked.all())
                .contains("Response verify OK", ": revoked", "keyCompromise", "Feb  3 04:05:06 2026 GMT")
                .doesNotContain("no nonce");
        PeerOutcome unknown = openssl(StatusWorld.NEVER_ISSUED).good();
        assertThat(unknown.all()).contains("Response verify OK", ": unknown");
        assertThat(openssl(StatusWorld.GOOD, "-sha256").good().all()).contains("Response verify OK");
    }

    @Test
    void opensslRefusesASignerThatIsNoDelegate() throws Exception {
        OcspSigner noDelegate = new OcspSigner(
                world.signer.key(),
                world.certificate(
                        BigInteger.TEN,
                        "CN=Camera",
                        world.signer.key().publicKey(),
                        org.bouncycastle.asn1.x509.KeyPurposeId.id_kp_clientAuth));
        OcspResponder other = new OcspResponder(
                List.of(new OcspIssuer(world.issuing, () -> noDelegate, world.statuses)),
                OcspResponder.Settings.USUAL,
                InstantSource.system());
        Path answer = directory.resolve("answer.der");
        for (OcspResponder asked : List.of(other, responder)) {
            Files.write(
                    answer, asked.answer(request(StatusWorld.GOOD, "-no_nonce")).der());
            PeerOutcome outcome = Peer.OPENSSL.run(
                    "ocsp",
                    "-respin",
                    answer.toString(),
                    "-issuer",
                    directory.resolve("issuing.pem").toString(),
                    "-cert",
                    world.device(StatusWorld.GOOD).toString(),
                    "-CAfile",
                    directory.resolve("issuing.pem").toString());
            assertThat(outcome.all()).contains(asked == responder ? "Response verify OK" : "missing ocspsigning usage");
        }
    }

    @Test
    void answersWithoutANonceAreGivenAgainAndThoseWithOneAreNot() throws Exception {
        byte[] plain = request(StatusWorld.GOOD, "-no_nonce");
        byte[] first = responder.answer(plain).der();
        assertThat(responder.answer(plain).der()).isEqualTo(first);
        byte[] withNonce = request(StatusWorld.GOOD);
        assertThat(responder.answer(withNonce).der())
                .isNotEqualTo(responder.answer(withNonce).der());
        OcspResponder forgetful = new OcspResponder(
                List.of(world.ocspIssuer()),
                new OcspResponder.Settings(Duration.ofDays(1), Duration.ZERO, 10),
                InstantSource.system());
        assertThat(forgetful.answer(plain).der())
                .isNotEqualTo(forgetful.answer(plain).der());
    }

    @Test
    void aRevocationShowsWhenTheKeptAnswerIsOld() throws Exception {
        byte[] plain = request(StatusWorld.GOOD, "-no_nonce");
        java.util.concurrent.atomic.AtomicReference<java.time.Instant> time =
                new java.util.concurrent.atomic.AtomicReference<>(StatusWorld.NOW);
        OcspResponder timed = new OcspResponder(List.of(world.ocspIssuer()), OcspResponder.Settings.USUAL, time::get);
        byte[] good = timed.answer(plain).der();
        world.statuses.known.put(
                StatusWorld.GOOD,
                new Revoked(
                        StatusWorld.GOOD,
                        StatusWorld.NOW,
                        java.security.cert.CRLReason.SUPERSEDED,
                        java.util.Optional.empty()));
        time.set(StatusWorld.NOW.plusSeconds(59));
        assertThat(timed.answer(plain).der()).isEqualTo(good);
        time.set(StatusWorld.NOW.plusSeconds(60));
        assertThat(timed.answer(plain).der()).isNotEqualTo(good);
    }

    @Test
    void askedByGetTooThoughBase64HasSlashes() throws Exception {
        byte[] request = new byte[0];
        String base64 = "";
        while (!base64.contains("/")) { // the nonce is random
            request = request(StatusWorld.GOOD);
            base64 = Base64.getEncoder().encodeToString(request);
        }
        try (HttpClient client = HttpClient.newHttpClient()) {
            for (String path : List.of(URLEncoder.encode(base64, StandardCharsets.US_ASCII), base64)) {
                HttpResponse<byte[]> response = client.send(
                        HttpRequest.newBuilder(URI.create(server.uri() + "ocsp/" + path))
                                .build(),
                        HttpResponse.BodyHandlers.ofByteArray());
                assertThat(response.statusCode()).isEqualTo(200);
                assertThat(response.headers().firstValue("Content-Type")).contains("application/ocsp-response");
                assertThat(response.headers().firstValue("Cache-Control").orElseThrow())
                        .contains("public");
                assertThat(new OCSPResp(response.body()).getStatus()).isZero();
            }
            for (String path : List.of("../etc", "%2e%2e/x", "MA%00", "-_")) {
                HttpResponse<byte[]> response = client.send(
                        HttpRequest.newBuilder(URI.create(server.uri() + "ocsp/" + path))
                                .build(),
                        HttpResponse.BodyHandlers.ofByteArray());
                assertThat(response.statusCode()).as(path).isIn(400, 404);
            }
        }
    }

    @Test
    void anotherAuthoritysCertificateIsNotAnsweredFor() throws Exception {
        StatusWorld stranger = new StatusWorld(Files.createDirectory(directory.resolve("stranger")));
        OcspResponder theirs =
                new OcspResponder(List.of(stranger.ocspIssuer()), OcspResponder.Settings.USUAL, InstantSource.system());
        byte[] request = request(StatusWorld.GOOD);
        assertThat(status(theirs.answer(request))).as("unauthorized").isEqualTo(6);
        assertThat(status(responder.answer(request))).isZero();
    }

    @Test
    void aRegisterThatFailsMeansTryLater() throws Exception {
        byte[] request = request(StatusWorld.GOOD);
        world.statuses.broken = true;
        assertThat(status(responder.answer(request))).isEqualTo(3);
        world.statuses.broken = false;
        assertThat(status(responder.answer(request))).isZero();
    }

    @Test
    void everyCutAndEveryFlippedBitHasAnAnswer() throws Exception {
        byte[] request = request(StatusWorld.GOOD);
        for (int length = 0; length < request.length; length++) {
            assertThat(status(responder.answer(Arrays.copyOf(request, length))))
                    .as("cut to %d", length)
                    .isEqualTo(1);
        }
        assertThat(status(responder.answer(Arrays.copyOf(request, request.length + 1))))
                .isEqualTo(1);
        for (int bit = 0; bit < request.length * 8; bit += 3) {
            byte[] other = request.clone();
            other[bit / 8] ^= (byte) (1 << bit % 8);
            assertThat(status(responder.answer(other))).isIn(0, 1, 6);
        }
        byte[] ofNothing = HexFormat.of().parseHex("3006300430023000"); // one request, and it is empty
        assertThat(status(responder.answer(ofNothing))).as("found by fuzzing").isEqualTo(1);
        assertThat(status(responder.answer(new byte[OcspQuestion.MAX_BYTES + 1])))
                .isEqualTo(1);
    }
}
