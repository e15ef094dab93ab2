package org.camseal.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.camseal.acme.AcmeAuthority;
import org.camseal.acme.AcmeClient;
import org.camseal.acme.Proving;
import org.camseal.authority.log.HttpSource;
import org.camseal.factory.EstClient;
import org.camseal.factory.Patience;
import org.camseal.identity.PeerRule;
import org.camseal.identity.Purpose;
import org.camseal.identity.Revocations;
import org.camseal.identity.TlsContexts;
import org.camseal.identity.TrustEvaluator;
import org.camseal.identity.TrustRoots;
import org.camseal.media.Codec;
import org.camseal.media.Track;
import org.camseal.media.VideoFormat;
import org.camseal.recorder.CameraEntry;
import org.camseal.recorder.CameraStatus;
import org.camseal.recorder.Recorder;
import org.camseal.recorder.RecorderSettings;
import org.camseal.streaming.server.Authenticator;
import org.camseal.streaming.server.LiveStream;
import org.camseal.streaming.server.RtspServer;
import org.camseal.streaming.server.RtspServerSettings;
import org.camseal.streaming.server.RtspServerSettings.ClientCertificates;
import org.camseal.web.Access;
import org.camseal.web.WebClient;
import org.camseal.web.WebSettings;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Somebody in between, against each of our programs that asks a server for something: refused with the reason, before anything is said to
 * them. The genuine peer stands beside, and is asked.
 */
@Timeout(120)
class ManInTheMiddleTest {
    private static final InstantSource CLOCK = InstantSource.system();
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Who asks, what its peer is, and what the right peer is called. */
    enum Client {
        /** The recorder, for a camera's stream. */
        RECORDER(Purpose.DEVICE_TLS, "O=Maker,CN=Model X,serialNumber=CS-1"),
        /** The guard's viewer, for the recordings. */
        GUARD(Purpose.RECORDER, "O=Site,CN=Recorder,serialNumber=rec-1"),
        /** The factory's line station, for certificates by EST. */
        LINE(Purpose.AUTHORITY_SERVER, "O=Maker,CN=Authority,serialNumber=ra-1"),
        /** A camera's owner, for a public certificate by ACME: a server elsewhere, known by its name. */
        ACME(Purpose.AUTHORITY_SERVER, "CN=acme.example"),
        /** Who checks the log: a server elsewhere too, and what it says is signed besides. */
        LOG_CHECK(Purpose.AUTHORITY_SERVER, "CN=log.example");

        private final Purpose peer;
        private final String name;

        Client(Purpose peer, String name) {
            this.peer = peer;
            this.name = name;
        }

        boolean knowsByName() {
            return this == ACME || this == LOG_CHECK;
        }
    }

    /** What the one in between shows. */
    enum Shown {
        SELF_SIGNED,
        /** Of an authority of the same name, but another key. */
        OF_ANOTHER_AUTHORITY,
        /** A genuine one of the same authority: another camera's, or for something else, or at another address. */
        ANOTHERS,
        EXPIRED,
        REVOKED,
        /** No certificate, but an old TLS. */
        TLS_1_1
    }

    private static Impostor root;
    private static Impostor sameName;

    @TempDir
    private Path directory;

    private final AtomicInteger heard = new AtomicInteger();
    private Revocations revocations = Revocations.NONE;

    @BeforeAll
    static void makeAuthorities() throws Exception {
        root = Impostor.root("O=Maker,CN=Root");
        sameName = Impostor.root("O=Maker,CN=Root");
    }

    private static String reason(Client client, Shown shown) {
        boolean byName = client.knowsByName();
        return switch (shown) {
            case SELF_SIGNED -> byName ? "unable to find valid certification path" : "SELF_SIGNED";
            case OF_ANOTHER_AUTHORITY -> byName ? "PKIX path" : "BAD_SIGNATURE";
            case ANOTHERS ->
                switch (client) {
                    case RECORDER -> "CS-1 was expected: wrong address, or another device answers there";
                    case GUARD -> "rec-1 was expected: wrong address, or another device answers there";
                    case LINE -> "not trusted as the device authority's server: WRONG_PURPOSE";
                    case ACME, LOG_CHECK -> "No subject alternative names matching IP address 127.0.0.1 found";
                };
            case EXPIRED -> byName ? "NotAfter" : "EXPIRED";
            case REVOKED -> "REVOKED";
            case TLS_1_1 -> "The server selected protocol version TLS11 is not accepted";
        };
    }

    /** Those who know servers by name alone do not ask for revocation: see docs/guide/secure-streaming.md. */
    static Stream<Arguments> table() {
        return Stream.of(Client.values())
                .flatMap(client -> Stream.of(Shown.values())
                        .filter(shown -> !(client.knowsByName() && shown == Shown.REVOKED))
                        .map(shown -> Arguments.of(client, shown)));
    }

    private Impostor show(Client client, Shown shown) throws Exception {
        Instant yesterday = CLOCK.instant().minus(Duration.ofDays(1));
        return switch (shown) {
            case SELF_SIGNED -> Impostor.selfSigned(client.name, client.peer);
            case OF_ANOTHER_AUTHORITY -> sameName.peer(client.name, client.peer);
            case ANOTHERS ->
                switch (client) {
                    case RECORDER -> root.peer("O=Maker,CN=Model X,serialNumber=CS-2", client.peer);
                    case GUARD -> root.peer("O=Site,CN=Recorder,serialNumber=rec-2", client.peer);
                    case LINE -> root.peer("O=Maker,CN=Line,serialNumber=line-1", Purpose.LINE);
                    case ACME, LOG_CHECK ->
                        root.peer(client.name, client.peer, yesterday.plus(Duration.ofDays(9)), "127.0.0.9");
                };
            case EXPIRED -> root.peer(client.name, client.peer, yesterday, "127.0.0.1");
            case REVOKED -> {
                Impostor genuine = root.peer(client.name, client.peer);
                revocations = Revocations.read(List.of(root.revokes(genuine, directory.resolve("list.crl"))));
                yield genuine;
            }
            case TLS_1_1 -> throw new IllegalArgumentException("shows no certificate");
        };
    }

    @ParameterizedTest
    @MethodSource("table")
    void isRefusedWithTheReason(Client client, Shown shown) throws Exception {
        String told;
        if (shown == Shown.TLS_1_1) {
            try (OldTlsServer server = new OldTlsServer()) {
                told = ask(client, server.port());
            }
        } else {
            told = askServerOf(client, show(client, shown));
        }
        assertThat(told).contains(reason(client, shown));
        assertThat(heard).as("what the one in between heard").hasValue(0);
    }

    @ParameterizedTest
    @EnumSource
    void theGenuinePeerIsAsked(Client client) throws Exception {
        Impostor another = root.peer("O=Maker,CN=Somebody,serialNumber=X-1", client.peer);
        revocations = Revocations.read(List.of(root.revokes(another, directory.resolve("list.crl"))));
        String told = askServerOf(client, root.peer(client.name, client.peer));
        assertThat(heard).as(told).hasPositiveValue();
    }

    private String askServerOf(Client client, Impostor shown) throws Exception {
        return client == Client.RECORDER ? askCamera(shown) : askHttps(client, shown);
    }

    private String askCamera(Impostor shown) throws Exception {
        RtspServerSettings settings = RtspServerSettings.of(
                        InetAddress.getLoopbackAddress(), 0, Authenticator.openToAll())
                .withTls(shown.context(), ClientCertificates.NOT_ASKED);
        try (LiveStream stream =
                        new LiveStream(List.of(new Track(1, new VideoFormat(Codec.H264, 640, 360, List.of()))));
                RtspServer server = RtspServer.start(settings)) {
            server.mount("/live", stream);
            return record(server.port());
        }
    }

    private String askHttps(Client client, Impostor shown) throws Exception {
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
        server.setHttpsConfigurator(new HttpsConfigurator(shown.context()));
        server.createContext("/", exchange -> {
            heard.incrementAndGet();
            exchange.sendResponseHeaders(404, -1);
            exchange.close();
        });
        server.start();
        try {
            return ask(client, server.getAddress().getPort());
        } finally {
            server.stop(0);
        }
    }

    /** Has the client ask; returns what it says of its failure, if it fails. */
    private String ask(Client client, int port) throws Exception {
        URI server = URI.create("https://127.0.0.1:" + port + "/");
        return switch (client) {
            case RECORDER -> record(port);
            case GUARD ->
                told(() ->
                        web(server, PeerRule.recorder(trust(), "rec-1", CLOCK)).ask("api/status"));
            case LINE -> told(() -> est(server).authorities());
            case ACME -> told(() -> acme(server).obtain(List.of("cam.example"), new byte[0], agrees()));
            case LOG_CHECK ->
                told(() -> {
                    try (HttpSource log = new HttpSource(server, Optional.of(platform()))) {
                        log.read("checkpoint", 1000);
                    }
                });
        };
    }

    /** What is done and may fail. */
    private interface Asking {
        void run() throws Exception;
    }

    private static String told(Asking asking) {
        try {
            asking.run();
            return "";
        } catch (Exception e) {
            StringBuilder all = new StringBuilder();
            for (Throwable cause = e; cause != null; cause = cause.getCause()) {
                all.append(cause.getMessage()).append('\n');
            }
            return all.toString();
        }
    }

    private TrustEvaluator trust() {
        TrustRoots roots =
                new TrustRoots(List.of(root.certificate()), List.of(root.certificate()), List.of(root.certificate()));
        return new TrustEvaluator(roots, revocations);
    }

    private static WebClient web(URI server, PeerRule rule) {
        return new WebClient(server, Optional.of(TlsContexts.client(rule)), Optional.empty(), WebClient.Limits.USUAL);
    }

    private EstClient est(URI server) {
        Patience patience = new Patience(
                1, Duration.ofMillis(1), Duration.ofMillis(1), Duration.ofSeconds(60), Duration.ofSeconds(60));
        PeerRule rule = PeerRule.anyOf(trust(), Set.of(Purpose.AUTHORITY_SERVER), CLOCK);
        return new EstClient(web(server, rule), patience, new EstClient.Pace(CLOCK, new Random(1), pause -> {}));
    }

    private AcmeClient acme(URI server) {
        return new AcmeClient(
                new AcmeAuthority(server, List.of(root.certificate())),
                directory.resolve("account.pem"),
                new Proving.Http(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)),
                new AcmeClient.Limits(PATIENCE, CLOCK),
                new SecureRandom());
    }

    private static AcmeClient.Asker agrees() {
        return new AcmeClient.Asker(Optional.empty(), true);
    }

    /** As the Java platform judges, but with our root for those of its file. */
    private static javax.net.ssl.SSLContext platform() throws Exception {
        java.security.KeyStore store = java.security.KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setCertificateEntry("root", root.certificate());
        var factory =
                javax.net.ssl.TrustManagerFactory.getInstance(javax.net.ssl.TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        javax.net.ssl.SSLContext context = javax.net.ssl.SSLContext.getInstance("TLS");
        context.init(null, factory.getTrustManagers(), null);
        return context;
    }

    /** Has a recorder pull from there; returns its sentence about the camera once it has met it. */
    private String record(int port) throws Exception {
        CameraEntry camera = new CameraEntry(
                "gate", URI.create("rtsps://127.0.0.1:" + port + "/live"), null, "CS-1", List.of(root.certificate()));
        RecorderSettings settings = new RecorderSettings(
                Files.createDirectory(directory.resolve("recordings")),
                WebSettings.loopback(0, new Access.Anyone()),
                List.of(camera),
                RecorderSettings.Storage.DEFAULT,
                revocations);
        try (Recorder recorder = new Recorder(settings, null, CLOCK)) {
            recorder.start();
            Instant end = CLOCK.instant().plus(PATIENCE);
            CameraStatus status = recorder.status().cameras().getFirst();
            while (status.state() == CameraStatus.State.CONNECTING
                    && CLOCK.instant().isBefore(end)) {
                Thread.sleep(20);
                status = recorder.status().cameras().getFirst();
            }
            if (status.state() == CameraStatus.State.PROVING) {
                heard.incrementAndGet();
            } else {
                assertThat(status.state()).as(status.detail()).isEqualTo(CameraStatus.State.REFUSED);
            }
            return status.detail();
        }
    }
}
