package org.camseal.authority.service;

import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.camseal.authority.AuthorityException;
import org.camseal.authority.RequesterCheck;
import org.camseal.authority.cmp.CmpProtocol;
import org.camseal.authority.console.ConsoleRoutes;
import org.camseal.authority.console.Door;
import org.camseal.authority.est.EstProtocol;
import org.camseal.authority.keys.AuthorityHome;
import org.camseal.authority.keys.AuthorityKeys;
import org.camseal.authority.log.LogKeys;
import org.camseal.authority.log.LogRoutes;
import org.camseal.authority.log.TransparencyLog;
import org.camseal.authority.register.InstanceLock;
import org.camseal.authority.register.Register;
import org.camseal.authority.registration.DeviceIssuing;
import org.camseal.authority.registration.Forwarding;
import org.camseal.authority.registration.Issuing;
import org.camseal.authority.registration.OperatorDesk;
import org.camseal.authority.registration.RegistrationAuthority;
import org.camseal.authority.upstream.UpstreamSettings;
import org.camseal.identity.CertificateProfile;
import org.camseal.identity.CertificateSubject;
import org.camseal.identity.TlsContexts;
import org.camseal.identity.TrustEvaluator;
import org.camseal.identity.TrustRoots;
import org.camseal.web.Access;
import org.camseal.web.ClientCertificates;
import org.camseal.web.Routes;
import org.camseal.web.SessionToken;
import org.camseal.web.WebException;
import org.camseal.web.WebResponse;
import org.camseal.web.WebServer;
import org.camseal.web.WebSettings;

/** One authority while it runs. Intents that a crash left are taken up before anybody can ask. */
public final class AuthorityService implements AutoCloseable {
    private static final Duration LOG_GRACE = Duration.ofSeconds(10);
    private static final Rounds.Pace FORWARDING = new Rounds.Pace(Duration.ofMinutes(1), Duration.ofSeconds(10));
    private static final int PUBLIC_BODY_BYTES = 16 * 1024;

    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private final RegistrationAuthority authority;
    private final Register register;
    private final WebServer https;
    private final Optional<WebServer> plain;
    private final Optional<WebServer> console;
    private final int recovered;

    private AuthorityService(AuthorityHome home, AuthoritySettings settings, Surroundings around)
            throws AuthorityException, WebException, InterruptedException {
        try {
            settings.requireRanges();
            InstanceLock lock = keep(InstanceLock.take(settings.registerAddress(home)));
            this.register = keep(Register.open(settings.registerAddress(home), around.clock()));
            AuthorityKeys keys = keep(AuthorityKeys.of(
                    home, settings.issuingPlace(home), settings.ownPlace(home), around.clock(), around.random()));
            Optional<UpstreamSettings.Opened> upstream =
                    settings.upstream().open(home.directory(), around.clock(), around.random());
            upstream.ifPresent(this::keep);
            Issuing issuing = upstream.isPresent()
                    ? upstream.get().issuing()
                    : new DeviceIssuing(keys.deviceIssuer(), around.random());
            Roots roots =
                    new Roots(upstream.isPresent() ? upstream.get().root() : keys.deviceRoot(), keys.operationsRoot());
            this.authority = RegistrationAuthority.open(register, issuing, around.random());
            this.recovered = authority.recover();
            TransparencyLog log = published(home, settings, register, around);
            this.https = keep(https(settings, keys, roots, log, around));
            Optional<StatusService> status = Optional.empty();
            if (upstream.isEmpty()) {
                status = Optional.of(keep(new StatusService(home, settings, keys, register, around)));
            } else {
                Forwarding forwarding = new Forwarding(register, issuing);
                Rounds _ = keep(Rounds.start("forwarding", FORWARDING, forwarding::tellAll, around.failed()));
            }
            this.plain = plain(settings, new LogRoutes(log), status);
            plain.ifPresent(this::keep);
            this.console = console(settings, log, around);
            console.ifPresent(this::keep);
            if (lock == null) {
                throw new IllegalStateException("the lock is held until the end");
            }
        } catch (AuthorityException | WebException | InterruptedException | RuntimeException e) {
            close();
            throw e;
        }
    }

    /**
     * What a service gets from outside.
     *
     * @param failed hears of work in the background that failed; it is tried again
     */
    public record Surroundings(InstantSource clock, SecureRandom random, Consumer<Exception> failed) {}

    /**
     * Starts one.
     *
     * @throws AuthorityException if the ceremony was not held, a key does not open, or another one answers from the same register
     * @throws WebException if it cannot listen
     */
    public static AuthorityService start(AuthorityHome home, AuthoritySettings settings, Surroundings around)
            throws AuthorityException, WebException, InterruptedException {
        return new AuthorityService(home, settings, around);
    }

    private <T extends AutoCloseable> T keep(T closeable) {
        open.push(closeable);
        return closeable;
    }

    /**
     * Whom this authority knows others by.
     *
     * @param device cameras: its own root, or that of the authority behind it
     * @param operations lines, operators and its own server
     */
    private record Roots(X509Certificate device, X509Certificate operations) {
        TrustEvaluator trust() {
            return new TrustEvaluator(TrustRoots.NONE.withDevice(device).withOperations(operations));
        }
    }

    private WebServer https(
            AuthoritySettings settings, AuthorityKeys keys, Roots roots, TransparencyLog log, Surroundings around)
            throws AuthorityException, WebException {
        CertificateSubject subject = new CertificateSubject(settings.organization(), "authority", "authority");
        List<String> hosts = hosts(settings);
        RenewedKey own = new RenewedKey(
                CertificateProfile.AUTHORITY_SERVER,
                () -> keys.server(subject, hosts),
                around.clock(),
                around.failed());
        RequesterCheck requesters = new RequesterCheck(roots.trust(), around.clock());
        List<X509Certificate> authorities = List.of(authority.chain().getFirst(), roots.device());
        Routes routes = new Routes();
        new EstProtocol(authority, requesters, () -> authorities).add(routes);
        new CmpProtocol(
                        authority,
                        requesters,
                        () -> authorities,
                        new CmpProtocol.Workshop(own, around.clock(), around.random()))
                .add(routes);
        Door operators = new Door.OperatorCertificate(roots.trust(), register, around.clock());
        consoleRoutes(log, operators, around).add(routes);
        routes.shared();
        WebSettings web = WebSettings.https(
                        settings.httpsAddress(), TlsContexts.askingServer(own), ClientCertificates.WANTED)
                .withHostNames(Set.copyOf(settings.hostNames()));
        return WebServer.start(web, routes);
    }

    private ConsoleRoutes consoleRoutes(TransparencyLog log, Door door, Surroundings around) {
        return new ConsoleRoutes(register, log, authority.chain(), door, new OperatorDesk(register, around.random()));
    }

    /** For whoever started the program and has no certificate in the browser: to look only. */
    private Optional<WebServer> console(AuthoritySettings settings, TransparencyLog log, Surroundings around)
            throws AuthorityException, WebException {
        var address = settings.consoleAddress();
        if (address.isEmpty()) {
            return Optional.empty();
        }
        Routes routes = new Routes();
        consoleRoutes(log, new Door.LookOnly(), around).add(routes);
        routes.get("/", _ -> WebResponse.seeOther(ConsoleRoutes.PREFIX)).shared();
        Access owner = new Access.WithToken(SessionToken.random(around.random()));
        return Optional.of(WebServer.start(WebSettings.loopback(address.get().getPort(), owner), routes));
    }

    /** By which programs of others, which look at host names, find it. */
    private static List<String> hosts(AuthoritySettings settings) throws WebException {
        Set<String> hosts = new java.util.LinkedHashSet<>(settings.hostNames());
        hosts.add("localhost");
        hosts.add("127.0.0.1");
        InetAddress address = settings.httpsAddress().getAddress();
        if (address != null && !address.isAnyLocalAddress()) {
            hosts.add(address.getHostAddress());
        }
        return List.copyOf(hosts);
    }

    private static Optional<WebServer> plain(AuthoritySettings settings, LogRoutes log, Optional<StatusService> status)
            throws AuthorityException, WebException {
        var address = settings.publicAddress();
        if (address.isEmpty()) {
            return Optional.empty();
        }
        Routes routes = new Routes();
        log.add(routes);
        status.ifPresent(own -> own.routes().add(routes));
        WebSettings web = WebSettings.forEverybody(
                        address.get(), new Access.Everybody(settings.publicRequestsPerSecond()))
                .withMaxBodyBytes(PUBLIC_BODY_BYTES)
                .withMaxConnections(settings.publicConnections());
        return Optional.of(WebServer.start(web, routes));
    }

    /** The log, which from now on is published at its interval. */
    private TransparencyLog published(
            AuthorityHome home, AuthoritySettings settings, Register register, Surroundings around)
            throws AuthorityException {
        TransparencyLog log = keep(
                TransparencyLog.open(home.log().resolve("tiles"), register.leaves(), logKeys(home, settings, around)));
        Rounds _ = keep(Rounds.start(
                "log",
                new Rounds.Pace(Duration.ofSeconds(settings.logIntervalSeconds()), LOG_GRACE),
                log::publish,
                around.failed()));
        return log;
    }

    private static LogKeys logKeys(AuthorityHome home, AuthoritySettings settings, Surroundings around)
            throws AuthorityException {
        Path file = home.log().resolve("keys");
        if (Files.exists(file)) {
            return LogKeys.open(file, around.random());
        }
        try {
            org.camseal.identity.DurableFile.ownDirectory(home.log());
            return LogKeys.create(file, settings.logOrigin(), around.random());
        } catch (org.camseal.identity.IdentityException e) {
            throw new AuthorityException.Store(String.valueOf(e.getMessage()), e);
        } catch (IllegalArgumentException e) {
            throw new AuthorityException.Malformed("log-origin: " + e.getMessage(), e);
        }
    }

    /** Who decides; for what else runs in this process. */
    public RegistrationAuthority authority() {
        return authority;
    }

    /** The register; for what else runs in this process. */
    public Register register() {
        return register;
    }

    /** Where lines, operators and cameras ask. */
    public WebServer https() {
        return https;
    }

    /** Where the log and the status of certificates are read; empty if they are not served. */
    public Optional<WebServer> plain() {
        return plain;
    }

    /** Where the console is for whoever started the program, to look only; empty if it is not served. */
    public Optional<WebServer> console() {
        return console;
    }

    /** How many certificates were finished that the last process had begun. */
    public int recovered() {
        return recovered;
    }

    /** Ends it, in the order in which it was not started. */
    @Override
    public void close() {
        while (!open.isEmpty()) {
            try {
                open.pop().close();
            } catch (Exception e) {
                // the others are closed all the same; what was answered is durable
            }
        }
    }
}
