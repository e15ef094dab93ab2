package org.camseal.camera.pages;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.camseal.camera.Camera;
import org.camseal.camera.CameraKeys;
import org.camseal.camera.CameraSettings;
import org.camseal.camera.Delivery;
import org.camseal.camera.FileSource;
import org.camseal.camera.LivePicture;
import org.camseal.camera.Sealing;
import org.camseal.camera.Source;
import org.camseal.camera.Surroundings;
import org.camseal.camera.WatchedSource;
import org.camseal.camera.accounts.AccountRole;
import org.camseal.camera.accounts.Accounts;
import org.camseal.camera.accounts.PasswordCost;
import org.camseal.camera.card.CardRing;
import org.camseal.camera.card.CardSettings;
import org.camseal.identity.CertificateSubject;
import org.camseal.identity.DeviceAuthority;
import org.camseal.identity.Identity;
import org.camseal.identity.PeerRule;
import org.camseal.identity.Pem;
import org.camseal.identity.Role;
import org.camseal.identity.TlsContexts;
import org.camseal.identity.TrustEvaluator;
import org.camseal.identity.TrustRoots;
import org.camseal.streaming.LegacyDigest;
import org.camseal.web.ClientCertificates;
import org.camseal.web.Routes;
import org.camseal.web.WebServer;
import org.camseal.web.WebSettings;

/** A whole camera with pages on loopback; by itself without a source, a picture on its pages or a card. */
final class PageHouse implements AutoCloseable {
    static final String SERIAL = "CS-0001";
    static final String PASSWORD = "violet tram under nine clouds";
    private static final Pattern COOKIE = Pattern.compile("(__Host-camseal-[0-9a-f]{8}=[A-Za-z0-9_-]{43});.*");
    private static final Pattern CSRF = Pattern.compile("\"csrf\":\"([A-Za-z0-9_-]{43})\"");

    final AtomicLong nanos = new AtomicLong();
    final Accounts accounts;
    final CameraPages pages;
    final WebServer server;
    final Camera camera;
    final PeerRule rule;
    final EventLog log;
    final CameraCertificates certificates;
    final List<X509Certificate> chain;
    private final CardRing card;
    final HttpClient client;

    /**
     * What a camera has besides.
     *
     * @param card the directory of its card
     */
    record Setup(Source source, Optional<PageWorld.Live> live, Path card) {
        static Setup bare(Path directory) {
            return new Setup(
                    FileSource.of(directory.resolve("no-such-film.mp4")),
                    Optional.empty(),
                    directory.resolve("no-such-card"));
        }

        /** Its pictures are shown to operators. */
        Setup showing(Source clear) {
            LivePicture picture = new LivePicture();
            return new Setup(
                    new WatchedSource(clear, picture),
                    Optional.of(new PageWorld.Live(picture, AccountRole.OPERATOR)),
                    card);
        }
    }

    /** A browser that is logged in. */
    record Login(String cookie, String csrf) {}

    PageHouse(Path directory) throws Exception {
        this(directory, Setup.bare(directory));
    }

    PageHouse(Path directory, Setup setup) throws Exception {
        SecureRandom random = new SecureRandom();
        InstantSource clock = InstantSource.system();
        DeviceAuthority maker = DeviceAuthority.openOrCreate(directory.resolve("maker"), "Maker", clock, random);
        Path home = directory.resolve("camera");
        Identity identity = Identity.openOrCreate(home, Role.CAMERA, random);
        maker.enrol(identity, new CertificateSubject("Maker", "Model 1", SERIAL));
        Path root = directory.resolve("root.pem");
        Pem.writeCertificates(root, List.of(maker.root()));
        accounts =
                Accounts.open(directory.resolve("accounts.json"), SERIAL, new PasswordCost(64, 1), random, nanos::get);
        CameraKeys keys = CameraKeys.of(identity);
        certificates = CameraCertificates.open(home, identity, directory, Optional.empty());
        camera = Camera.start(
                CameraSettings.of(
                        SERIAL,
                        setup.source(),
                        Sealing.to(List.of()),
                        new Delivery(
                                InetAddress.getLoopbackAddress(),
                                0,
                                new Delivery.Protection.ChosenTls(certificates.stream()),
                                accounts.authenticator(LegacyDigest.REFUSED))),
                keys,
                Surroundings.ofThisMachine(event -> {}));
        log = EventLog.open(directory.resolve("events"), clock);
        card = CardRing.open(CardSettings.of(setup.card(), 1 << 20), event -> {});
        chain = keys.tls().chain();
        pages = new CameraPages(new PageWorld(
                camera,
                identity,
                keys,
                certificates,
                root,
                accounts,
                RecipientShelf.open(directory.resolve("recipients")),
                log,
                setup.live(),
                Optional.of(card),
                PageWorld.LoginLimits.STANDARD,
                new PageWorld.Means(random, clock, nanos::get)));
        Routes routes = new Routes();
        pages.add(routes);
        server = WebServer.start(
                WebSettings.https(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                        TlsContexts.server(certificates.pages()),
                        ClientCertificates.AS_THE_CONTEXT_SAYS),
                routes);
        rule = PeerRule.camera(new TrustEvaluator(TrustRoots.NONE.withDevice(maker.root())), SERIAL, clock);
        client = HttpClient.newBuilder()
                .sslContext(TlsContexts.client(rule))
                .connectTimeout(Duration.ofSeconds(60))
                .build();
    }

    HttpRequest.Builder request(String path) {
        URI uri = server.uri().resolve(path.substring(1));
        return HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(60));
    }

    HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    /** As the camera's page sends it. */
    static HttpRequest.Builder with(HttpRequest.Builder request, Login login) {
        return request.header("Cookie", login.cookie()).header(PageDoor.CSRF, login.csrf());
    }

    static HttpRequest.Builder json(HttpRequest.Builder request, String method, String body) {
        return request.header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body));
    }

    HttpResponse<String> tryLogin(String name, String password) throws IOException, InterruptedException {
        return send(
                json(request("/api/login"), "POST", "{\"name\":\"" + name + "\",\"password\":\"" + password + "\"}"));
    }

    Login login(String name) throws IOException, InterruptedException {
        HttpResponse<String> answer = tryLogin(name, PASSWORD);
        return new Login(cookie(answer), csrf(answer));
    }

    static String cookie(HttpResponse<String> answer) {
        String header = answer.headers().firstValue("Set-Cookie").orElseThrow(() -> new AssertionError(answer.body()));
        Matcher parts = COOKIE.matcher(header);
        if (!parts.matches()) {
            throw new AssertionError(header);
        }
        return parts.group(1);
    }

    private static String csrf(HttpResponse<String> answer) {
        Matcher parts = CSRF.matcher(answer.body());
        if (!parts.find()) {
            throw new AssertionError("no csrf in the answer");
        }
        return parts.group(1);
    }

    @Override
    public void close() {
        client.close();
        server.close();
        camera.close();
        card.close();
        log.close();
    }
}
