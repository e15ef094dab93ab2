package org.camseal.factory;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.camseal.identity.CertificateProfile;
import org.camseal.identity.CertificateRequest;
import org.camseal.identity.CertificateSubject;
import org.camseal.identity.CertifiedKey;
import org.camseal.identity.DeviceAuthority;
import org.camseal.identity.IdentityException;
import org.camseal.identity.PeerRule;
import org.camseal.identity.Purpose;
import org.camseal.identity.TlsContexts;
import org.camseal.identity.enrolment.Base64Body;
import org.camseal.identity.enrolment.CertsOnly;
import org.camseal.identity.enrolment.CsrAttributes;
import org.camseal.identity.enrolment.EstPath;
import org.camseal.web.ClientCertificates;
import org.camseal.web.Routes;
import org.camseal.web.WebException;
import org.camseal.web.WebRequest;
import org.camseal.web.WebResponse;
import org.camseal.web.WebServer;
import org.camseal.web.WebSettings;

/**
 * An EST server that does what a test tells it: scripted answers come first, then honest ones by {@link DeviceAuthority}. The real authority
 * is met by the journeys in {@code e2e}.
 */
final class StandInAuthority implements AutoCloseable {
    final DeviceAuthority maker;
    final AtomicInteger enrolments = new AtomicInteger();
    final Queue<WebResponse> script = new ConcurrentLinkedQueue<>();
    final Map<CertificateProfile, CertificateRequest> last = new ConcurrentHashMap<>();
    volatile boolean refuseMedia;
    volatile Optional<byte[]> challenge = Optional.empty();
    private final Operations operations;
    private final CertifiedKey key;
    private WebServer server;

    StandInAuthority(Path directory, Operations operations, InstantSource clock) throws Exception {
        this(directory, operations, clock, operations.server());
    }

    StandInAuthority(Path directory, Operations operations, InstantSource clock, CertifiedKey key) throws Exception {
        this.maker = DeviceAuthority.openOrCreate(directory, "Maker", clock, new SecureRandom());
        this.operations = operations;
        this.key = key;
        this.server = start(0);
    }

    private WebServer start(int port) throws Exception {
        Routes routes = new Routes()
                .get(EstPath.BASE + "/{label}/cacerts", this::cacerts)
                .get(EstPath.BASE + "/{label}/csrattrs", this::csrattrs)
                .post(EstPath.BASE + "/{label}/simpleenroll", this::enroll);
        WebSettings settings = WebSettings.https(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
                TlsContexts.mutualServer(
                        key,
                        PeerRule.anyOf(operations.trust(), java.util.Set.of(Purpose.LINE), InstantSource.system())),
                ClientCertificates.REQUIRED);
        return WebServer.start(settings, routes);
    }

    int port() {
        return server.uri().getPort();
    }

    URI uri() {
        return URI.create("https://127.0.0.1:" + port() + "/");
    }

    private WebResponse cacerts(WebRequest request) {
        return WebResponse.bytes(
                EstPath.CERTIFICATES_TYPE, Base64Body.encode(CertsOnly.encode(List.of(maker.issuing(), maker.root()))));
    }

    private WebResponse csrattrs(WebRequest request) {
        return challenge.isEmpty()
                ? WebResponse.noContent()
                : WebResponse.bytes(EstPath.ATTRIBUTES_TYPE, Base64Body.encode(CsrAttributes.encode(challenge.get())));
    }

    private WebResponse enroll(WebRequest request) throws WebException {
        WebResponse scripted = script.poll();
        if (scripted != null) {
            return scripted;
        }
        if (refuseMedia && request.parameter("label").equals("media-signing")) {
            throw new WebException.Refused(403, "not now", "");
        }
        enrolments.incrementAndGet();
        try {
            CertificateProfile profile =
                    EstPath.profile(request.parameter("label")).orElseThrow();
            CertificateRequest asked =
                    CertificateRequest.parse(Base64Body.decode(request.body(), "the body"), "the body");
            last.put(profile, asked);
            CertificateSubject subject = asked.subject().orElseThrow();
            List<X509Certificate> chain = profile == CertificateProfile.DEVICE_TLS
                    ? maker.issueTls(asked, subject)
                    : maker.issueMedia(asked, subject);
            return issued(List.of(chain.getFirst()));
        } catch (IdentityException.Refused e) {
            throw new WebException.Refused(409, String.valueOf(e.getMessage()), "dispute 7");
        } catch (IdentityException e) {
            throw WebException.Refused.badRequest(String.valueOf(e.getMessage()));
        }
    }

    static WebResponse issued(List<X509Certificate> certificates) {
        return WebResponse.bytes(EstPath.CERTIFICATES_TYPE, Base64Body.encode(CertsOnly.encode(certificates)));
    }

    /** Stops answering, as a link that is down. */
    void down() {
        server.close();
    }

    /** Answers again, on the same port. */
    void up(int port) throws Exception {
        server = start(port);
    }

    @Override
    public void close() {
        server.close();
    }
}
