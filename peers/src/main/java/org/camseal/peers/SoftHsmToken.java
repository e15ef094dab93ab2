package org.camseal.peers;

import java.nio.file.Files;
import java.nio.file.Path;

/** A token of SoftHSM, which is a library in the process that uses it: a stand-in for real tokens, not a secure element. */
public final class SoftHsmToken {
    /** The library, as Debian's package softhsm2 has it. */
    public static final Path LIBRARY = Path.of("/usr/lib/softhsm/libsofthsm2.so");

    /** The user PIN of tokens made here. Test data. */
    public static final String PIN = "28461937";

    private SoftHsmToken() {}

    /** Skips the test where the library is missing, or fails it where peers are required. */
    public static void require() {
        Peer.requireFile(LIBRARY, "softhsm2");
    }

    /**
     * Makes a token, slot 0, in that directory; once in a process, for the library reads its configuration once.
     *
     * @throws Exception if the program of SoftHSM does not do it
     */
    public static void prepare(Path directory) throws Exception {
        Files.createDirectories(directory.resolve("tokens"));
        Path configuration = directory.resolve("softhsm2.conf");
        Files.writeString(
                configuration,
                "directories.tokendir = " + directory.resolve("tokens")
                        + "\nobjectstore.backend = file\nlog.level = ERROR\n");
        CEnvironment.set("SOFTHSM2_CONF", configuration.toString());
        ProcessBuilder init = new ProcessBuilder(
                "softhsm2-util", "--init-token", "--free", "--label", "camseal", "--pin", PIN, "--so-pin", "90817263");
        init.environment().put("SOFTHSM2_CONF", configuration.toString());
        PeerOutcome.of(init).good();
    }
}
