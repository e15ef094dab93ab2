package org.camseal.cli.camera;

import java.io.Closeable;
import java.net.InetSocketAddress;
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
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.camseal.camera.Camera;
import org.camseal.camera.CameraEvent;
import org.camseal.camera.CameraException;
import org.camseal.camera.CameraKeys;
import org.camseal.camera.LivePicture;
import org.camseal.camera.Surroundings;
import org.camseal.camera.accounts.Accounts;
import org.camseal.camera.accounts.PasswordCost;
import org.camseal.camera.card.CardRing;
import org.camseal.camera.pages.CameraCertificates;
import org.camseal.camera.pages.CameraPages;
import org.camseal.camera.pages.ChosenCertificate;
import org.camseal.camera.pages.EventLog;
import org.camseal.camera.pages.PageWorld;
import org.camseal.camera.pages.RecipientShelf;
import org.camseal.cli.command.CommandFailure;
import org.camseal.cli.command.ExitCode;
import org.camseal.ffmpeg.Jpeg;
import org.camseal.identity.DurableFile;
import org.camseal.identity.Identity;
import org.camseal.identity.IdentityException;
import org.camseal.identity.TlsContexts;
import org.camseal.identity.backends.ElementAddress;
import org.camseal.onvif.VideoFacts;
import org.camseal.onvif.keystore.Keystore;
import org.camseal.web.ClientCertificates;
import org.camseal.web.HttpsRedirect;
import org.camseal.web.ListenAddress;
import org.camseal.web.Routes;
import org.camseal.web.WebException;
import org.camseal.web.WebServer;
import org.camseal.web.WebSettings;
import org.jspecify.annotations.Nullable;

/** One camera with all its parts, put together from its settings: identity, accounts, stream, pages. */
final class CameraProgram implements Closeable {
    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private final List<String> lines = new ArrayList<>();
    private volatile @Nullable CameraOnvif onvif;

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
        Optional<PageWorld.Live> live = live(settings.https());
        Optional<CardRing> card = card(home, settings, log, events);
        CameraKeys keys = CameraKeys.of(identity);
        CameraCertificates certificates = CameraCertificates.open(
                home.resolve(settings.identity()),
                identity,
                state,
                settings.signingCertificate().fixed());
        Camera camera = Camera.start(
                CameraStream.of(
                        home, settings, new CameraStream.Parts(serial, accounts, recipients, certificates), live),
                keys,
                Surroundings.ofThisMachine(event -> told(event, log, events)),
                card.orElse(null));
        parts.push(camera);
        PageWorld world = new PageWorld(
                camera,
                identity,
                keys,
                certificates,
                home.resolve(settings.https().deviceRoot()),
                accounts,
                recipients,
                log,
                live,
                card,
                logins(settings.https()),
                new PageWorld.Means(random, InstantSource.system(), System::nanoTime));
        serve(world, settings);
        lines.add(0, "camera " + serial + ": " + camera.address());
        if (recipients.all().isEmpty()) {
            lines.add("nobody may open the video yet, so none is sent: add a recipient's certificate on the pages");
        }
    }

    private static Optional<PageWorld.Live> live(CameraFile.HttpsSection settings) {
        return settings.livePage()
                ? Optional.of(new PageWorld.Live(new LivePicture(), settings.livePageRole()))
                : Optional.empty();
    }

    private static PageWorld.LoginLimits logins(CameraFile.HttpsSection settings) {
        return new PageWorld.LoginLimits(
                Duration.ofMinutes(settings.idleMinutes()), Duration.ofHours(settings.sessionHours()));
    }

    /** The card is closed behind the camera, which writes to it to the end. */
    private Optional<CardRing> card(Path home, CameraFile settings, EventLog log, Consumer<String> events)
            throws CommandFailure {
        Optional<CardRing> card = CameraStream.card(home, settings, event -> {
            events.accept(event.text());
            log.add("", LoggedEvents.kind(event), event.text());
        });
        card.ifPresent(parts::push);
        return card;
    }

    private void told(CameraEvent event, EventLog log, Consumer<String> events) {
        events.accept(event.at() + " " + event.text());
        LoggedEvents.kind(event).ifPresent(kind -> log.add("", kind, event.text()));
        CameraOnvif services = onvif;
        if (services != null) {
            services.tell(event);
        }
    }

    /** Pages and ONVIF on one HTTPS port, and the plain port that says where they are. */
    private void serve(PageWorld world, CameraFile settings) throws IdentityException, WebException, CommandFailure {
        Routes routes = new Routes();
        new CameraPages(world).add(routes);
        AtomicInteger httpsPort = new AtomicInteger();
        Optional<CameraOnvif> services =
                settings.onvif().enabled() ? Optional.of(onvif(world, settings, routes, httpsPort)) : Optional.empty();
        WebServer https = https(settings.https(), world.certificates().pages(), routes);
        parts.push(https);
        httpsPort.set(https.port());
        if (services.isPresent()) {
            services.get().announce(settings.onvif().discoveryInterfaces());
        }
        lines.add("pages: " + https.uri());
        if (!settings.https().redirectListen().isEmpty()) {
            InetSocketAddress plain = ListenAddress.parse(
                    "https.redirect-listen", settings.https().redirectListen());
            parts.push(HttpsRedirect.start(plain, https.port()));
        }
        if (world.accounts().isFresh()) {
            lines.add("nobody can log in yet: open the pages and set the first administrator's password");
        }
    }

    private static VideoFacts.Signature signature(CameraFile settings, ChosenCertificate.Choice signer) {
        if (!settings.sign()) {
            return VideoFacts.Signature.UNSIGNED;
        }
        return switch (signer) {
            case MAKER -> VideoFacts.Signature.BY_MAKER;
            case OWNER -> VideoFacts.Signature.BY_OWNER;
        };
    }

    private CameraOnvif onvif(PageWorld world, CameraFile settings, Routes routes, AtomicInteger httpsPort)
            throws IdentityException {
        CameraFacts facts = new CameraFacts(
                world.camera(),
                world.identity().subject(),
                settings.onvif().name(),
                () -> signature(settings, world.certificates().signer().choice()),
                httpsPort);
        Keystore keystore = new Keystore(
                world.identity(),
                world.certificates().tls(),
                new OnvifServing(world.certificates().pages()),
                new Keystore.Means(
                        InstantSource.system(),
                        task -> Thread.ofVirtual().name("key").start(task)));
        CameraOnvif.Parts shared = new CameraOnvif.Parts(
                new OnvifAccounts(world.accounts()),
                keystore,
                world.live().filter(_ -> Jpeg.isPossible()).map(CameraSnapshots::new));
        CameraOnvif services = CameraOnvif.add(routes, facts, shared, settings);
        parts.push(services);
        world.camera().status().recent().forEach(services::tell);
        services.watchCertificates();
        onvif = services;
        return services;
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

    private static WebServer https(CameraFile.HttpsSection settings, ChosenCertificate shown, Routes routes)
            throws WebException {
        return WebServer.start(
                WebSettings.https(
                                ListenAddress.parse("https.listen", settings.listen()),
                                TlsContexts.server(shown),
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
