package org.camseal.authority.console;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLContext;
import org.camseal.authority.AuthorityException;
import org.camseal.authority.log.LogKeys;
import org.camseal.authority.log.TransparencyLog;
import org.camseal.authority.register.Dispute;
import org.camseal.authority.register.RegisterAddress;
import org.camseal.authority.registration.Factory;
import org.camseal.authority.registration.OperatorDesk;
import org.camseal.authority.registration.RegistrationAuthority;
import org.camseal.identity.CertificateProfile;
import org.camseal.identity.CertifiedKey;
import org.camseal.identity.PeerRule;
import org.camseal.identity.Purpose;
import org.camseal.identity.TlsContexts;
import org.camseal.identity.TrustEvaluator;
import org.camseal.identity.TrustRoots;
import org.camseal.web.Access;
import org.camseal.web.ClientCertificates;
import org.camseal.web.Routes;
import org.camseal.web.SessionToken;
import org.camseal.web.WebClient;
import org.camseal.web.WebServer;
import org.camseal.web.WebSettings;

/** A factory with three cameras and a dispute about one of them, and a wish that no order names; its log, and its console at two doors. */
final class ConsoleHouse implements AutoCloseable {
    final Factory factory;
    final TransparencyLog log;
    final TrustEvaluator operations;
    final WebServer byCertificate;
    final WebServer byToken;
    final SessionToken token = SessionToken.random(new SecureRandom());
    private final RegistrationAuthority authority;

    ConsoleHouse(Path directory) throws Exception {
        factory = new Factory(directory.resolve("keys"), new RegisterAddress.Sqlite(directory.resolve("register.db")));
        authority = factory.authority();
        factory.add(factory.order("PO-1", 100));
        enrol("CS-0001");
        enrol("CS-0002");
        log = TransparencyLog.open(
                directory.resolve("log"),
                factory.register.leaves(),
                LogKeys.create(directory.resolve("log.keys"), "log.example.com/cameras", new SecureRandom()));
        log.publish();
        enrol("CS-0003"); // after the checkpoint
        authority.enrol(factory.line, factory.wish("CS-0002")); // another key
        authority.enrol(factory.line, factory.wish("CT-0001")); // of no order
        operations = new TrustEvaluator(TrustRoots.NONE.withOperations(factory.operationsRoot));
        byCertificate = serve(
                WebSettings.https(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                        TlsContexts.askingServer(factory.known(CertificateProfile.AUTHORITY_SERVER, "server")),
                        ClientCertificates.WANTED),
                new Door.OperatorCertificate(operations, factory.register, factory.clock()));
        byToken = serve(WebSettings.loopback(0, new Access.WithToken(token)), new Door.LookOnly());
    }

    private WebServer serve(WebSettings settings, Door door) throws Exception {
        Routes routes = new Routes().shared();
        new ConsoleRoutes(
                        factory.register,
                        log,
                        authority.chain(),
                        door,
                        new OperatorDesk(factory.register, new SecureRandom()))
                .add(routes);
        return WebServer.start(settings, routes);
    }

    void enrol(String serial) throws Exception {
        Factory.issued(authority.enrol(factory.line, factory.wish(serial)));
    }

    /** Somebody with that key and certificate at the HTTPS door. */
    WebClient client(CertifiedKey own) {
        return client(TlsContexts.client(own, server()));
    }

    /** Somebody without. */
    WebClient nobody() {
        return client(TlsContexts.client(server()));
    }

    private PeerRule server() {
        return new PeerRule(operations, Set.of(Purpose.AUTHORITY_SERVER), Optional.empty(), clock());
    }

    private InstantSource clock() {
        return factory.clock();
    }

    private WebClient client(SSLContext tls) {
        URI base = URI.create("https://127.0.0.1:" + byCertificate.port() + ConsoleRoutes.PREFIX);
        return new WebClient(base, Optional.of(tls), Optional.empty(), WebClient.Limits.USUAL);
    }

    /** Who started the program. */
    WebClient owner() {
        URI base = URI.create("http://127.0.0.1:" + byToken.port() + ConsoleRoutes.PREFIX);
        return new WebClient(base, Optional.empty(), Optional.of(token), WebClient.Limits.USUAL);
    }

    List<Dispute> disputes() throws AuthorityException {
        return factory.register.openDisputes(10);
    }

    @Override
    public void close() {
        byCertificate.close();
        byToken.close();
        log.close();
        factory.close();
    }
}
