package org.camseal.authority.keys;

import java.nio.file.Path;

/**
 * The directory of one authority.
 *
 * <pre>
 *   authority.yaml              the settings
 *   device-root.pem             what everybody needs to know cameras by
 *   operations-root.pem         what lines and operators know the authority by
 *   device-issuing.pem          the issuing authority of cameras, and in device-issuing/ its key
 *   operations-issuing.pem      that of lines and operators, and in operations-issuing/ its key
 *   server-chain.pem            the HTTPS server's certificate, and in server/ its key
 *   status-chain.pem            the signer of status answers, and its key in device-issuing/
 *   log/                        the transparency log
 *   register.db                 the register, where it is SQLite
 * </pre>
 *
 * <p>The roots' private keys are elsewhere: in a directory of their own, which is taken away after the ceremony.
 */
public record AuthorityHome(Path directory) {
    public Path settings() {
        return directory.resolve("authority.yaml");
    }

    public Path deviceRoot() {
        return directory.resolve("device-root.pem");
    }

    public Path operationsRoot() {
        return directory.resolve("operations-root.pem");
    }

    public Path deviceIssuing() {
        return directory.resolve("device-issuing.pem");
    }

    public Path operationsIssuing() {
        return directory.resolve("operations-issuing.pem");
    }

    public Path serverChain() {
        return directory.resolve("server-chain.pem");
    }

    public Path statusChain() {
        return directory.resolve("status-chain.pem");
    }

    public Path log() {
        return directory.resolve("log");
    }

    Path deviceKeys() {
        return directory.resolve("device-issuing");
    }

    Path operationsKeys() {
        return directory.resolve("operations-issuing");
    }

    Path serverKeys() {
        return directory.resolve("server");
    }
}
