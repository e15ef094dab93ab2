package org.camseal.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLContext;
import org.camseal.identity.CertificateSubject;
import org.camseal.identity.Identity;
import org.camseal.identity.PeerRule;
import org.camseal.identity.Pem;
import org.camseal.identity.Purpose;
import org.camseal.identity.Role;
import org.camseal.identity.SiteAuthority;
import org.camseal.identity.TlsContexts;
import org.camseal.peers.Peer;
import org.camseal.peers.PeerOutcome;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** HTTPS with keys behind handles and peers known by root and serial. */
@Timeout(120)
class HttpsTest {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final InstantSource CLOCK = InstantSource.system();

    @TempDir
    private static Path directory;

    private static Identity recorder;
    private static Identity person;
    private static SiteAuthority site;

    @BeforeAll
    static void enrol() throws Exception {
        site = SiteAuthority.openOrCreate(directory.resolve("site"), "Site", CLOCK, RANDOM);
        recorder = Identity.openOrCreate(directory.resolve("recorder"), Role.RECORDER, RANDOM);
        person = Identity.openOrCreate(directory.resolve("person"), Role.PERSON, RANDOM);
        site.enrol(recorder, new CertificateSubject("Site", "Recorder", "rec-1"));
        site.enrol(person, new CertificateSubject("Site", "Ann", "ann"));
    }

    private static WebServer start(SSLContext tls, ClientCertificates clients) throws Exception {
        Routes routes = new Routes()
                .get(
                        "/who",
                        request -> WebResponse.json(request.clientChain().stream()
                                .map(certificate ->
                                        certificate.getSubjectX500Principal().getName())
                                .findFirst()
                                .orElse("nobody")));
        return WebServer.start(
                WebSettings.https(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), tls, clients), routes);
    }

    private static SSLContext people() throws Exception {
        return TlsContexts.mutualServer(
                recorder.tls(), PeerRule.anyOf(recorder.trust(), Set.of(Purpose.PERSON), CLOCK));
    }

    private static WebClient client(WebServer server, SSLContext tls) {
        return new WebClient(server.uri(), Optional.of(tls), Optional.empty(), WebClient.Limits.USUAL);
    }

    @Test
    void aPersonWithACertificateIsKnown() throws Exception {
        try (WebServer server = start(people(), ClientCertificates.AS_THE_CONTEXT_SAYS);
                WebClient client = client(
                        server, TlsContexts.client(person.tls(), PeerRule.recorder(person.trust(), "rec-1", CLOCK)))) {
            assertThat(client.get("who", String.class)).contains("CN=Ann");
        }
    }

    @Test
    void withoutACertificateThereIsNoConnection() throws Exception {
        for (ClientCertificates clients :
                List.of(ClientCertificates.AS_THE_CONTEXT_SAYS, ClientCertificates.REQUIRED)) {
            try (WebServer server = start(people(), clients);
                    WebClient client =
                            client(server, TlsContexts.client(PeerRule.recorder(person.trust(), "rec-1", CLOCK)))) {
                assertThatThrownBy(() -> client.get("who", String.class)).isInstanceOf(WebException.Unreachable.class);
            }
        }
    }

    @Test
    void whereACertificateIsOnlyWantedTheRouteJudgesWhatWasShown() throws Exception {
        SiteAuthority others = SiteAuthority.openOrCreate(directory.resolve("others"), "Others", CLOCK, RANDOM);
        Identity stranger = Identity.openOrCreate(directory.resolve("stranger"), Role.PERSON, RANDOM);
        others.enrol(stranger, new CertificateSubject("Others", "Bob", "bob"));
        PeerRule server = PeerRule.recorder(person.trust(), "rec-1", CLOCK);
        try (WebServer asking = start(TlsContexts.askingServer(recorder.tls()), ClientCertificates.WANTED);
                WebClient nobody = client(asking, TlsContexts.client(server));
                WebClient ann = client(asking, TlsContexts.client(person.tls(), server));
                WebClient bob = client(asking, TlsContexts.client(stranger.tls(), server))) {
            assertThat(nobody.get("who", String.class)).isEqualTo("nobody");
            assertThat(ann.get("who", String.class)).contains("CN=Ann");
            assertThat(bob.get("who", String.class))
                    .as("any certificate passes the handshake: who it is, is the route's question")
                    .contains("O=Others");
        }
    }

    @Test
    void theWrongRecorderIsNamed() throws Exception {
        try (WebServer server = start(TlsContexts.server(recorder.tls()), ClientCertificates.AS_THE_CONTEXT_SAYS);
                WebClient wrong =
                        client(server, TlsContexts.client(PeerRule.recorder(person.trust(), "rec-2", CLOCK)));
                WebClient right =
                        client(server, TlsContexts.client(PeerRule.recorder(person.trust(), "rec-1", CLOCK)))) {
            assertThatThrownBy(() -> wrong.get("who", String.class))
                    .isInstanceOf(WebException.Unreachable.class)
                    .hasMessageContaining("rec-2 was expected");
            assertThat(right.get("who", String.class)).isEqualTo("nobody");
        }
    }

    @Test
    void curlSpeaksWithIt() throws Exception {
        Peer.CURL.require();
        Path root = directory.resolve("root.pem");
        Pem.writeCertificates(root, List.of(site.root()));
        try (WebServer server = start(TlsContexts.server(recorder.tls()), ClientCertificates.AS_THE_CONTEXT_SAYS)) {
            PeerOutcome result = Curl.run("--include", "--insecure", server.uri() + "who");
            assertThat(result.all())
                    .contains("200")
                    .contains("Strict-Transport-Security: max-age=")
                    .endsWith("\"nobody\"");
            assertThat(Curl.run("--cacert", root.toString(), server.uri() + "who")
                            .exitCode())
                    .as("its certificate names no host: a recorder is known by serial")
                    .isEqualTo(60);
            String port = ":" + server.port();
            PeerOutcome named = Curl.run(
                    "--cacert",
                    root.toString(),
                    "--resolve",
                    "recorder" + port + ":127.0.0.1",
                    "--header",
                    "Host: 127.0.0.1" + port,
                    "https://recorder" + port + "/who");
            assertThat(named.all()).as("the chain itself is good").isEqualTo("\"nobody\"");
        }
        try (WebServer server = start(people(), ClientCertificates.REQUIRED)) {
            assertThat(Curl.run("--insecure", server.uri() + "who").exitCode()).isNotZero();
        }
    }
}
