package org.camseal.cli;

import java.io.Closeable;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.camseal.camera.Backoff;
import org.camseal.camera.Camera;
import org.camseal.camera.CameraException;
import org.camseal.camera.CameraKeys;
import org.camseal.camera.CameraSettings;
import org.camseal.camera.Delivery;
import org.camseal.camera.LastPicture;
import org.camseal.camera.RtspSource;
import org.camseal.camera.Sealing;
import org.camseal.camera.Signing;
import org.camseal.camera.Source;
import org.camseal.camera.Surroundings;
import org.camseal.camera.WatchedSource;
import org.camseal.camera.accounts.Accounts;
import org.camseal.camera.accounts.PasswordCost;
import org.camseal.camera.pages.CameraPages;
import org.camseal.camera.pages.EventLog;
import org.camseal.camera.pages.PageWorld;
import org.camseal.camera.pages.RecipientShelf;
import org.camseal.camera.pages.ServingCertificate;
import org.camseal.identity.DurableFile;
import org.camseal.identity.Identity;
import org.camseal.identity.IdentityException;
import org.camseal.identity.TlsContexts;
import org.camseal.identity.backends.ElementAddress;
import org.camseal.identity.customer.CustomerTls;
import org.camseal.manifest.StreamId;
import org.camseal.streaming.Login;
import org.camseal.web.ClientCertificates;
import org.camseal.web.HttpsRedirect;
import org.camseal.web.ListenAddress;
import org.camseal.web.Routes;
import org.camseal.web.WebException;
import org.camseal.web.WebServer;
import org.camseal.web.WebSettings;

/** One camera with all its parts, put together from its settings: identity, accounts, stream, pages. */
final class CameraProgram implements Closeable {
    private static final int MAX_LOGIN_FILE = 1024;

    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private final List<String> lines = new ArrayList<>();

    private CameraProgram() {}

    /**
     * Starts a camera.
     *
     * @param home what relative paths are relative to
     * @param events told of what happens, one line each; nothing secret
     */
    static CameraProgram start(Path home, CameraFile settings, SecureRandom random, Consumer<String> events)
            throws IdentityException, CameraException, WebException, CommandFailure {
        CameraProgram program = new CameraProgram();
        try {
            program.open(home, settings, random, events);
            return program;
        } catch (IdentityException | CameraException | WebException | CommandFailure | RuntimeException e) {
            program.close();
            throw e;
        }
    }

    private void open(Path home, CameraFile settings, SecureRandom random, Consumer<String> events)
            throws IdentityException, CameraException, WebException, CommandFailure {
        Identity identity = identity(home, settings, random);
        parts.push(identity.element());
        String serial = identity.tls().serial();
        Path state = home.resolve(settings.state());
        DurableFile.ownDirectory(state);
        Accounts accounts =
                Accounts.open(state.resolve("accounts.json"), serial, PasswordCost.STANDARD, random, System::nanoTime);
        RecipientShelf recipients = RecipientShelf.open(state.resolve("recipients"));
        EventLog log = EventLog.open(state.resolve("events"), InstantSource.system());
        parts.push(log);
        log.altered().ifPresent(what -> events.accept("the event log was altered: " + what));
        Optional<PageWorld.Live> live = settings.https().livePage()
                ? Optional.of(new PageWorld.Live(
                        new LastPicture(), settings.https().livePageRole()))
                : Optional.empty();
        CameraKeys keys = CameraKeys.of(identity);
        Camera camera = Camera.start(
                cameraSettings(home, settings, serial, accounts, recipients, live),
                keys,
                Surroundings.ofThisMachine(event -> {
                    events.accept(event.at() + " " + event.text());
                    LoggedEvents.kind(event).ifPresent(kind -> log.add("", kind, event.text()));
                }));
        parts.push(camera);
        CustomerTls custom = CustomerTls.of(home.resolve(settings.identity()), identity);
        ServingCertificate serving =
                ServingCertificate.open(state.resolve("serving-certificate"), identity, custom);
        Routes routes = new Routes();
        new CameraPages(new PageWorld(
                        camera,
                        identity,
                        keys,
                        custom,
                        serving,
                        home.resolve(settings.https().deviceRoot()),
                        accounts,
                        recipients,
                        log,
                        live,
                        new PageWorld.LoginLimits(
                                Duration.ofMinutes(settings.https().idleMinutes()),
                                Duration.ofHours(settings.https().sessionHours())),
                        new PageWorld.Means(random, InstantSource.system(), System::nanoTime)))
                .add(routes);
        WebServer https = https(settings.https(), serving, routes);
        parts.push(https);
        lines.add("camera " + serial + ": " + camera.address());
        lines.add("pages: " + https.uri());
        if (!settings.https().redirectListen().isEmpty()) {
            InetSocketAddress plain = ListenAddress.parse(
                    "https.redirect-listen", settings.https().redirectListen());
            parts.push(HttpsRedirect.start(plain, https.port()));
        }
        if (accounts.isFresh()) {
            lines.add("nobody can log in yet: open the pages and set the first administrator's password");
        }
        if (recipients.all().isEmpty()) {
            lines.add("nobody may open the video yet, so none is sent: add a recipient's certificate on the pages");
        }
    }

    private static Identity identity(Path home, CameraFile settings, SecureRandom random)
            throws IdentityException, CommandFailure {
        Path directory = home.resolve(settings.identity());
        if (!settings.element().isEmpty() && !Identity.elementAddress(directory).equals(settings.element())) {
            throw new CommandFailure(
                    ExitCode.KEY,
                    "the keys of " + directory + " are in the element " + Identity.elementAddress(directory)
                            + ", not in " + settings.element(),
                    "leave element: out, or name the identity whose keys are there");
        }
        return Identity.open(directory, ElementAddress.opener(random));
    }

    private static CameraSettings cameraSettings(
            Path home,
            CameraFile settings,
            String serial,
            Accounts accounts,
            RecipientShelf recipients,
            Optional<PageWorld.Live> live)
            throws CameraException, WebException, CommandFailure, IdentityException {
        InetSocketAddress listen =
                ListenAddress.parse("rtsp.listen", settings.rtsp().listen());
        Delivery delivery = new Delivery(
                listen.getAddress(),
                listen.getPort(),
                new Delivery.Protection.Tls(),
                accounts.authenticator(settings.rtsp().legacyDigest()));
        Sealing sealing = new Sealing(
                recipients.certificates(),
                settings.sealing().suite(),
                Duration.ofSeconds(settings.sealing().epochSeconds()));
        Source source = source(home, settings);
        return new CameraSettings(
                new StreamId(serial, settings.stream()),
                live.<Source>map(page -> new WatchedSource(source, page.last())).orElse(source),
                settings.sign() ? Signing.by(serial) : new Signing.Off(),
                sealing,
                delivery,
                Backoff.STANDARD);
    }

    private static Source source(Path home, CameraFile settings) throws CommandFailure, IdentityException {
        String named = settings.source();
        if (named.matches("[a-z]+://[^/]*@.*")) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "source: a password does not belong into the settings",
                    "put USER:PASSWORD into a file for its owner only, and name it with source-login-file");
        }
        boolean file = !named.equals("testpattern") && !named.contains("://") && !named.startsWith("/dev/");
        Source source = DemoSource.of(
                file ? home.resolve(named).toString() : named,
                settings.sourceTransport(),
                settings.sourceLegacyDigest());
        if (settings.sourceLoginFile().isEmpty()) {
            return source;
        }
        if (!(source instanceof RtspSource rtsp)) {
            throw new CommandFailure(ExitCode.USAGE, "source-login-file is for a source by RTSP", null);
        }
        return new RtspSource(rtsp.request().withLogin(login(home.resolve(settings.sourceLoginFile()))));
    }

    private static Login login(Path file) throws CommandFailure, IdentityException {
        byte[] bytes = DurableFile.read(file, MAX_LOGIN_FILE)
                .orElseThrow(() -> new CommandFailure(ExitCode.IO, "no such file: " + file, null));
        DurableFile.requireOwnerOnly(file, "600");
        String line = new String(bytes, StandardCharsets.UTF_8).strip();
        int colon = line.indexOf(':');
        if (colon < 1) {
            throw new CommandFailure(ExitCode.USAGE, file + ": not one line USER:PASSWORD", null);
        }
        return new Login(line.substring(0, colon), line.substring(colon + 1));
    }

    private static WebServer https(CameraFile.HttpsSection settings, ServingCertificate serving, Routes routes)
            throws WebException {
        return WebServer.start(
                WebSettings.https(
                                ListenAddress.parse("https.listen", settings.listen()),
                                TlsContexts.server(serving),
                                ClientCertificates.AS_THE_CONTEXT_SAYS)
                        .withHostNames(new HashSet<>(settings.hostNames())),
                routes);
    }

    /** What to tell whoever started it. */
    List<String> lines() {
        return List.copyOf(lines);
    }

    /** Last started, first ended. */
    @Override
    public void close() {
        while (!parts.isEmpty()) {
            try {
                parts.pop().close();
            } catch (Exception e) {
                throw new IllegalStateException("a part of the camera did not end", e);
            }
        }
    }
}
