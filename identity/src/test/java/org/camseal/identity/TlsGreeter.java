package org.camseal.identity;

import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.camseal.peers.Peer;

/** An HTTPS server on the platform's JSSE whose key is a handle, and foreign clients for it. */
final class TlsGreeter implements AutoCloseable {
    private static final String RESPONSE = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nConnection: close\r\n\r\nhello";

    private final SSLServerSocket socket;
    private final Path trusted;

    TlsGreeter(KeyHandle key, Path directory) throws Exception {
        X509Certificate certificate = ownCertificate(key);
        trusted = Files.createTempFile(directory, "tls", ".pem");
        Files.writeString(trusted, Pem.block("CERTIFICATE", certificate.getEncoded()));
        HandleProvider.install();
        SSLContext context = SSLContext.getInstance("TLS");
        KeyManager[] keys = {new HandleKeyManager(new CertifiedKey(key, List.of(certificate)))};
        context.init(keys, null, null);
        socket = (SSLServerSocket)
                context.getServerSocketFactory().createServerSocket(0, 4, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::serve);
    }

    private static X509Certificate ownCertificate(KeyHandle key) throws Exception {
        X500Name name = new X500Name("CN=greeter");
        Instant now = Instant.now();
        var builder = new JcaX509v3CertificateBuilder(
                name,
                BigInteger.valueOf(System.nanoTime()),
                Date.from(now.minus(1, ChronoUnit.HOURS)),
                Date.from(now.plus(1, ChronoUnit.HOURS)),
                name,
                key.publicKey());
        builder.addExtension(
                Extension.subjectAlternativeName,
                false,
                new GeneralNames(new GeneralName(GeneralName.iPAddress, "127.0.0.1")));
        return new JcaX509CertificateConverter().getCertificate(builder.build(new HandleContentSigner(key)));
    }

    private void serve() {
        while (!socket.isClosed()) {
            try (SSLSocket peer = (SSLSocket) socket.accept()) {
                peer.setSoTimeout(10_000);
                byte[] request = new byte[1024];
                if (peer.getInputStream().read(request) > 0) {
                    peer.getOutputStream().write(RESPONSE.getBytes(StandardCharsets.US_ASCII));
                }
            } catch (IOException e) {
                // the next peer, or the end
            }
        }
    }

    private String address() {
        return "127.0.0.1:" + socket.getLocalPort();
    }

    String openssl(String version) throws Exception {
        return Peer.OPENSSL
                .run(
                        "s_client",
                        "-connect",
                        address(),
                        "-tls" + version.replace('.', '_'),
                        "-CAfile",
                        trusted.toString())
                .all();
    }

    String opensslWithoutTrust() throws Exception {
        return Peer.OPENSSL
                .run("s_client", "-connect", address(), "-no-CAfile", "-no-CApath")
                .all();
    }

    String curl(String version) throws Exception {
        return Peer.CURL
                .run(
                        "-s",
                        "--max-time",
                        "20",
                        "--tlsv" + version,
                        "--tls-max",
                        version,
                        "--cacert",
                        trusted.toString(),
                        "https://" + address() + "/")
                .out();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
