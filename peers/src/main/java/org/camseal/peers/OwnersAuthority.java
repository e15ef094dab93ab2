package org.camseal.peers;

import java.nio.file.Files;
import java.nio.file.Path;

/** A small authority that openssl is: one root, which signs each request with all that it asks for. */
public final class OwnersAuthority {
    private final Path directory;

    /** @param directory for its files; made if it is not there */
    public OwnersAuthority(Path directory) throws Exception {
        Peer.OPENSSL.require();
        this.directory = Files.createDirectories(directory);
        new OpensslKey(key())
                .selfSigned(
                        root(), "/O=Owner/CN=Owner's root", "-days", "30", "-addext", "keyUsage=critical,keyCertSign");
    }

    private Path key() {
        return directory.resolve("root.key");
    }

    /** Its root, in PEM. */
    public Path root() {
        return directory.resolve("root.pem");
    }

    /**
     * Signs a request.
     *
     * @return the certificate, in PEM
     */
    public String sign(String requestPem) throws Exception {
        Path request = Files.writeString(Files.createTempFile(directory, "request", ".csr"), requestPem);
        return Peer.OPENSSL
                .run(
                        "x509",
                        "-req",
                        "-in",
                        request.toString(),
                        "-CA",
                        root().toString(),
                        "-CAkey",
                        key().toString(),
                        "-CAcreateserial",
                        "-days",
                        "20",
                        "-copy_extensions",
                        "copyall")
                .good()
                .out();
    }
}
