package org.camseal.peers;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Let's Encrypt's test authority, and the name server that says that every name is this machine. */
public final class Pebble implements AutoCloseable {
    private static final Peer PEBBLE = new Peer("pebble", "pebble");
    private static final Peer NAMES = new Peer("pebble-challtestsrv", "pebble");

    private final int httpPort = PeerProcess.freePort();
    private final int tlsPort = PeerProcess.freePort();
    private final Path root;
    private final int port = PeerProcess.freePort();
    private final PeerProcess names;
    private final PeerProcess authority;

    /**
     * Starts both, and returns once the authority can be asked. Names of {@code blocked.example.com} get no certificate.
     *
     * @param directory for its files, its own
     * @throws Exception if one of the programs is missing where peers are required, or does not start
     */
    public Pebble(Path directory) throws Exception {
        NAMES.require();
        int namePort = PeerProcess.freePort();
        Path certificate = directory.resolve("pebble.pem");
        Path key = directory.resolve("pebble.key");
        new OpensslKey(key).selfSigned(certificate, "/CN=pebble", "-addext", "subjectAltName=IP:127.0.0.1");
        root = certificate;
        Path config = Files.writeString(directory.resolve("pebble.json"), """
                {"pebble": {"listenAddress": "127.0.0.1:%d", "managementListenAddress": "127.0.0.1:%d",
                  "certificate": "%s", "privateKey": "%s", "httpPort": %d, "tlsPort": %d,
                  "ocspResponderURL": "", "externalAccountBindingRequired": false,
                  "domainBlocklist": ["blocked.example.com"]}}
                """.formatted(
                        port, PeerProcess.freePort(), certificate, key, httpPort, tlsPort));
        names = PeerProcess.start(
                directory,
                NAMES.with(List.of(
                        "-dns01",
                        "127.0.0.1:" + namePort,
                        "-http01",
                        "",
                        "-https01",
                        "",
                        "-tlsalpn01",
                        "",
                        "-management",
                        "127.0.0.1:" + PeerProcess.freePort(),
                        "-defaultIPv6",
                        "")));
        ProcessBuilder builder = new ProcessBuilder(
                PEBBLE.with(List.of("-config", config.toString(), "-dnsserver", "127.0.0.1:" + namePort, "-strict")));
        builder.environment().put("PEBBLE_VA_NOSLEEP", "1");
        builder.environment().put("PEBBLE_AUTHZREUSE", "0");
        authority = PeerProcess.start(directory, builder);
        awaitPort();
    }

    private void awaitPort() throws Exception {
        while (authority.isAlive()) {
            try (Socket _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
                return;
            } catch (IOException e) {
                Thread.sleep(50);
            }
        }
        throw new IllegalStateException("pebble ended: " + authority.output());
    }

    /** Where ACME clients begin. */
    public URI directory() {
        return URI.create("https://127.0.0.1:" + port + "/dir");
    }

    /** A PEM file: the certificate of its HTTPS server, which is its own root. */
    public Path root() {
        return root;
    }

    /** Where it asks for proof by http-01, on this machine. */
    public int httpPort() {
        return httpPort;
    }

    /** Where it asks for proof by tls-alpn-01, on this machine. */
    public int tlsPort() {
        return tlsPort;
    }

    /** What it has said. */
    public String output() throws IOException {
        return authority.output();
    }

    /** Ends both. */
    @Override
    public void close() {
        authority.close();
        names.close();
    }
}
