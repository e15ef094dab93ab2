package org.camseal.authority;

import java.io.IOException;
import java.io.Writer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;
import org.camseal.authority.cmp.CmpProtocol;
import org.camseal.authority.est.EstProtocol;
import org.camseal.identity.CertificateProfile;
import org.camseal.identity.CertificateRequest;
import org.camseal.identity.CertifiedKey;
import org.camseal.identity.KeyHandle;
import org.camseal.identity.KeySpec;
import org.camseal.identity.PeerRule;
import org.camseal.identity.Purpose;
import org.camseal.identity.Slot;
import org.camseal.identity.SoftwareSecureElement;
import org.camseal.identity.TlsContexts;
import org.camseal.identity.TrustEvaluator;
import org.camseal.identity.TrustRoots;
import org.camseal.peers.OpensslKey;
import org.camseal.peers.Peer;
import org.camseal.web.ClientCertificates;
import org.camseal.web.Routes;
import org.camseal.web.WebServer;
import org.camseal.web.WebSettings;
import org.jspecify.annotations.Nullable;

/**
 * An authority that listens, and the files that programs of others need to ask it: two lines, an operator, and a line of somebody else's. All in
 * one directory.
 */
public final class EnrolmentHouse implements AutoCloseable {
    private static final InstantSource CLOCK = InstantSource.system();

    private final Path directory;
    private final TestPki operations = new TestPki("Maker");
    private final TestPki others = new TestPki("Others");
    private final CertifiedKey own;
    private final HouseDesk desk;
    private final Map<String, TestPki.Holder> holders = new LinkedHashMap<>();
    private final WebServer server;
    private @Nullable HttpClient client;

    public EnrolmentHouse(Path directory) throws Exception {
        this.directory = directory;
        this.desk = new HouseDesk(directory);
        this.own = operations.server(directory.resolve("server"));
        pem("device-root.pem", desk.root());
        pem("issuing.pem", desk.issuing());
        pem("operations-root.pem", operations.root());
        for (String line : List.of("1", "2")) {
            TestPki.Holder holder = operations.leaf("O=Maker,CN=Line,2.5.4.5=L" + line, Purpose.LINE);
            desk.know("L" + line, holder.certificate());
            holder("line-" + line, holder);
        }
        holder("operator", operations.leaf("O=Maker,CN=Ann,2.5.4.5=ann", Purpose.OPERATOR));
        holder("foreign", others.leaf("O=Maker,CN=Line,2.5.4.5=L1", Purpose.LINE));
        this.server = start();
    }

    private WebServer start() throws Exception {
        TrustRoots roots = TrustRoots.NONE.withDevice(desk.root()).withOperations(operations.root());
        RequesterCheck requesters = new RequesterCheck(new TrustEvaluator(roots), CLOCK);
        Routes routes = new Routes();
        Supplier<List<X509Certificate>> authorities = () -> List.of(desk.issuing(), desk.root());
        new EstProtocol(desk, requesters, authorities).add(routes);
        new CmpProtocol(desk, requesters, authorities, new CmpProtocol.Workshop(() -> own, CLOCK, new SecureRandom()))
                .add(routes);
        InetSocketAddress loopback = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        return WebServer.start(
                WebSettings.https(loopback, TlsContexts.askingServer(own), ClientCertificates.WANTED), routes);
    }

    public HouseDesk desk() {
        return desk;
    }

    /** Its HTTPS key and certificate, which sign CMP answers too. */
    public CertifiedKey own() {
        return own;
    }

    public X509Certificate operationsRoot() {
        return operations.root();
    }

    /** A certificate of line L1 whose key is behind a handle. */
    public CertifiedKey lineKey(Path element) throws Exception {
        KeyHandle key = SoftwareSecureElement.open(element, new SecureRandom()).generate(Slot.TLS, KeySpec.P256);
        X509Certificate certificate = operations.leaf("O=Maker,CN=Line,2.5.4.5=L1", Purpose.LINE, key.publicKey());
        desk.know("L1", certificate);
        return new CertifiedKey(key, List.of(certificate));
    }

    public int port() {
        return server.port();
    }

    /** As foreign programs call it: by the name in its certificate. */
    public String url(String path) {
        return "https://localhost:" + server.port() + path;
    }

    /** A file of this house. */
    public String file(String name) {
        return directory.resolve(name).toString();
    }

    /** Whose files are called so. */
    public TestPki.Holder holder(String name) {
        return Objects.requireNonNull(holders.get(name), name);
    }

    /** A camera that has its certificate, with a key that the test holds. */
    public TestPki.Holder camera(Requester.Line line, String serial) throws Exception {
        KeyPair keys = TestPki.ecKeys();
        PKCS10CertificationRequest request = new JcaPKCS10CertificationRequestBuilder(
                        new X500Name("O=Maker,CN=Model X,2.5.4.5=" + serial), keys.getPublic())
                .build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate()));
        CertificateRequest wish = CertificateRequest.parse(request.getEncoded(), "test");
        EnrolmentAnswer answer = desk.enrol(
                line,
                new EnrolmentRequest(
                        wish, wish.subject().orElseThrow(), CertificateProfile.DEVICE_TLS, Optional.empty(), "test"));
        if (answer instanceof EnrolmentAnswer.Issued issued) {
            return new TestPki.Holder(issued.chain().getFirst(), keys);
        }
        throw new AssertionError("not issued: " + answer);
    }

    /** A line of this house as it would ask. */
    public Requester.Line line(String id) {
        return new Requester.Line(id, holder("line-" + id.substring(1)).certificate());
    }

    /** Posts a CMP message, as any HTTPS client does; fails the test if the answer is no CMP message. */
    public byte[] cmp(String path, byte[] message) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url(path)))
                .header("Content-Type", CmpProtocol.TYPE)
                .POST(HttpRequest.BodyPublishers.ofByteArray(message))
                .build();
        HttpResponse<byte[]> answer = client().send(request, HttpResponse.BodyHandlers.ofByteArray());
        if (answer.statusCode() != 200) {
            throw new AssertionError(answer.statusCode() + ": " + new String(answer.body(), StandardCharsets.UTF_8));
        }
        return answer.body();
    }

    private synchronized HttpClient client() {
        if (client == null) {
            TrustRoots roots = TrustRoots.NONE.withOperations(operations.root());
            PeerRule server = PeerRule.anyOf(new TrustEvaluator(roots), Set.of(Purpose.AUTHORITY_SERVER), CLOCK);
            client = HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .sslContext(TlsContexts.client(server))
                    .build();
        }
        return client;
    }

    private void holder(String name, TestPki.Holder holder) throws IOException {
        holders.put(name, holder);
        pem(name + ".pem", holder.certificate());
        pem(name + "-key.pem", new JcaPKCS8Generator(holder.keys().getPrivate(), null));
    }

    private void pem(String name, Object object) throws IOException {
        try (Writer file = Files.newBufferedWriter(directory.resolve(name));
                JcaPEMWriter pem = new JcaPEMWriter(file)) {
            pem.writeObject(object);
        }
    }

    /** Has openssl make a key and a request in DER and PEM: {@code NAME-key.pem}, {@code NAME.csr}, {@code NAME.csr.pem}. */
    public void request(String name, String subject) throws Exception {
        new OpensslKey(directory.resolve(name + "-key.pem")).request(directory.resolve(name + ".csr.pem"), subject);
        Peer.OPENSSL
                .run("req", "-in", file(name + ".csr.pem"), "-outform", "DER", "-out", file(name + ".csr"))
                .good();
    }

    /** The subject of a camera of line 1. */
    public static String camera(String serial) {
        return "/O=Maker/CN=Model X/serialNumber=" + serial;
    }

    @Override
    public void close() {
        if (client != null) {
            client.shutdownNow();
        }
        server.close();
        desk.close();
    }
}
