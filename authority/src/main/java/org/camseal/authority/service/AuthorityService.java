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
import org.camseal.authority.registration.OperatorDesk;
import org.camseal.authority.registration.RegistrationAuthority;
import org.camseal.authority.status.CertificateStatuses;
import org.camseal.authority.status.OcspIssuer;
import org.camseal.authority.status.OcspResponder;
import org.camseal.authority.status.RevocationList;
import org.camseal.authority.status.StatusRoutes;
import org.camseal.identity.CertificateSubject;
import org.camseal.identity.CertifiedKey;
import org.camseal.identity.TlsContexts;
import org.camseal.web.Access;
import org.camseal.web.ClientCertificates;
import org.camseal.web.Routes;
import org.camseal.web.WebException;
import org.camseal.web.WebServer;
import org.camseal.web.WebSettings;

/** One authority while it runs. Intents that a crash left are taken up before anybody can ask. */
public final class AuthorityService implements AutoCloseable {
    private static final Duration LIST_INTERVAL = Duration.ofHours(1);
    private static final Duration LIST_GRACE = Duration.ofSeconds(30);
    private static final Duration LOG_GRACE = Duration.ofSeconds(10);
    private static final Duration LIST_VALIDITY = Duration.ofDays(7);

    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private final RegistrationAuthority authority;
    private final Register register;
    private final WebServer https;
    private final Optional<WebServer> plain;
    private final int recovered;

    private AuthorityService(AuthorityHome home, AuthoritySettings settings, Surroundings around)
            throws AuthorityException, WebException, InterruptedException {
        try {
            InstanceLock lock = keep(InstanceLock.take(settings.registerAddress(home)));
            this.register = keep(Register.open(settings.registerAddress(home), around.clock()));
            AuthorityKeys keys = keep(AuthorityKeys.of(
                    home, settings.issuingPlace(home), settings.ownPlace(home), around.clock(), around.random()));
            this.authority = RegistrationAuthority.open(
                    register, new DeviceIssuing(keys.deviceIssuer(), around.random()), around.random());
            this.recovered = authority.recover();
            TransparencyLog log = keep(TransparencyLog.open(
                    home.log().resolve("tiles"), register.leaves(), logKeys(home, settings, around)));
            Rounds _ = keep(Rounds.start(
                    "log",
                    new Rounds.Pace(Duration.ofSeconds(settings.logIntervalSeconds()), LOG_GRACE),
                    log::publish,
                    around.failed()));
            this.https = keep(https(settings, keys, log, around));
            this.plain = plain(settings, new LogRoutes(log), status(home, settings, keys, around));
            plain.ifPresent(this::keep);
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

    private WebServer https(AuthoritySettings settings, AuthorityKeys keys, TransparencyLog log, Surroundings around)
            throws AuthorityException, WebException {
        CertifiedKey own =
                keys.server(new CertificateSubject(settings.organization(), "authority", "authority"), hosts(settings));
        RequesterCheck requesters = new RequesterCheck(keys.trust(), around.clock());
        List<X509Certificate> authorities = List.of(authority.chain().getFirst(), keys.deviceRoot());
        Routes routes = new Routes();
        new EstProtocol(authority, requesters, () -> authorities).add(routes);
        new CmpProtocol(
                        authority,
                        requesters,
                        () -> authorities,
                        new CmpProtocol.Workshop(own, around.clock(), around.random()))
                .add(routes);
        new ConsoleRoutes(
                        register,
                        log,
                        authority.chain(),
                        new Door.OperatorCertificate(keys.trust(), register, around.clock()),
                        new OperatorDesk(register, around.random()))
                .add(routes);
        routes.shared();
        WebSettings web = WebSettings.https(
                        settings.httpsAddress(), TlsContexts.askingServer(own), ClientCertificates.WANTED)
                .withHostNames(Set.copyOf(settings.hostNames()));
        return WebServer.start(web, routes);
    }

    /** By which programs of others, which look at host names, find it. */
    private static List<String> hosts(AuthoritySettings settings) throws AuthorityException {
        Set<String> hosts = new java.util.LinkedHashSet<>(settings.hostNames());
        hosts.add("localhost");
        hosts.add("127.0.0.1");
        InetAddress address = settings.httpsAddress().getAddress();
        if (address != null && !address.isAnyLocalAddress()) {
            hosts.add(address.getHostAddress());
        }
        return List.copyOf(hosts);
    }

    /** OCSP and the revocation list of the cameras' issuing authority; the list is written anew every hour. */
    private StatusRoutes status(AuthorityHome home, AuthoritySettings settings, AuthorityKeys keys, Surroundings around)
            throws AuthorityException {
        var issuer = keys.deviceIssuer();
        CertificateStatuses statuses = register.statuses(issuer.certificate());
        RevocationList list = new RevocationList(
                new RevocationList.Issuer(issuer.certificate(), issuer.key(), statuses),
                home.directory().resolve("device-issuing.crl"),
                LIST_VALIDITY,
                around.clock());
        Rounds _ = keep(Rounds.start(
                "revocation-lists", new Rounds.Pace(LIST_INTERVAL, LIST_GRACE), list::write, around.failed()));
        StatusDelegate delegate = new StatusDelegate(keys, around.clock(), settings.organization());
        OcspResponder responder = new OcspResponder(
                List.of(new OcspIssuer(issuer.certificate(), delegate, statuses)),
                OcspResponder.Settings.USUAL,
                around.clock());
        return new StatusRoutes(responder, List.of(list), around.clock());
    }

    private static Optional<WebServer> plain(AuthoritySettings settings, LogRoutes log, StatusRoutes status)
            throws AuthorityException, WebException {
        var address = settings.publicAddress();
        if (address.isEmpty()) {
            return Optional.empty();
        }
        Routes routes = new Routes();
        log.add(routes);
        status.add(routes);
        WebSettings web = WebSettings.loopback(address.get().getPort(), new Access.Anyone())
                .withHostNames(Set.of("localhost", "127.0.0.1")); // openssl leaves the port out of the host
        return Optional.of(WebServer.start(web, routes));
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

    /** Where the log is read; empty if it is not served. */
    public Optional<WebServer> plain() {
        return plain;
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
