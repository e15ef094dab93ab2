package org.camseal.identity.pkcs11;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import org.camseal.identity.AssuranceLevel;
import org.camseal.identity.IdentityException;
import org.camseal.peers.Peer;
import org.camseal.peers.PeerOutcome;

/** A token of SoftHSM, which is a library in this process: a stand-in for real tokens, not a secure element. */
final class SoftHsm {
    static final Path LIBRARY = Path.of("/usr/lib/softhsm/libsofthsm2.so");
    static final char[] PIN = "28461937".toCharArray();

    private SoftHsm() {}

    static void require() {
        Peer.requireFile(LIBRARY, "softhsm2");
    }

    /** Makes a token in that directory; once in a process, for the library reads its configuration once. */
    static void prepare(Path directory) throws Exception {
        Files.createDirectories(directory.resolve("tokens"));
        Path configuration = directory.resolve("softhsm2.conf");
        Files.writeString(
                configuration,
                "directories.tokendir = " + directory.resolve("tokens")
                        + "\nobjectstore.backend = file\nlog.level = ERROR\n");
        CEnvironment.set("SOFTHSM2_CONF", configuration.toString());
        ProcessBuilder init = new ProcessBuilder(
                "softhsm2-util",
                "--init-token",
                "--free",
                "--label",
                "camseal",
                "--pin",
                new String(PIN),
                "--so-pin",
                "90817263");
        init.environment().put("SOFTHSM2_CONF", configuration.toString());
        PeerOutcome.of(init).good();
    }

    static Pkcs11Token token() {
        return new Pkcs11Token(LIBRARY, 0, AssuranceLevel.SOFTWARE, 100);
    }

    static Pkcs11Element open() throws IdentityException {
        return Pkcs11Element.open(token(), PIN, new SecureRandom());
    }
}
