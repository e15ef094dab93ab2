package org.camseal.identity.pkcs11;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.camseal.identity.AssuranceLevel;
import org.camseal.identity.IdentityException;
import org.camseal.identity.tpm2.Swtpm;
import org.camseal.peers.CEnvironment;
import org.camseal.peers.Peer;
import org.camseal.peers.PeerOutcome;
import org.camseal.peers.PeerProcess;

/**
 * tpm2-pkcs11 over a TPM of swtpm, with the resource manager that it needs (without one it fails: a TPM has three places), on a message
 * bus of its own. The library keeps its wrapped keys in a directory, and finds everything by the environment.
 */
final class Tpm2Pkcs11 implements AutoCloseable {
    static final char[] PIN = "28461937".toCharArray();

    private static final Peer PTOOL = new Peer("tpm2_ptool", "libtpm2-pkcs11-tools");
    private static final Peer BUS = new Peer("dbus-daemon", "dbus-daemon");
    private static final Peer MANAGER = new Peer("/usr/sbin/tpm2-abrmd", "tpm2-abrmd");
    private static final Peer LOCKOUT = new Peer("tpm2_dictionarylockout", "tpm2-tools");

    private final Path home;
    private final Swtpm tpm;
    private PeerProcess bus;
    private PeerProcess manager;

    /** Starts the TPM, and what is in front of it; there is no token yet. */
    Tpm2Pkcs11(Path home) throws Exception {
        this.home = home;
        Files.createDirectories(home.resolve("store"));
        Files.writeString(home.resolve("bus.conf"), """
                <!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
                 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
                <busconfig>
                  <type>session</type>
                  <listen>%s</listen>
                  <auth>EXTERNAL</auth>
                  <policy context="default">
                    <allow send_destination="*"/><allow receive_sender="*"/><allow own="*"/>
                  </policy>
                </busconfig>
                """.formatted(busAddress()));
        tpm = new Swtpm(home.resolve("tpm"));
        bus = startBus();
        manager = startManager();
    }

    static void require() {
        Swtpm.require();
        library();
        PTOOL.require();
        BUS.require();
        MANAGER.require();
        LOCKOUT.require();
    }

    /** Debian puts it below the machine's name. */
    static Path library() {
        Path usual = Path.of("/usr/lib/x86_64-linux-gnu/libtpm2_pkcs11.so.1");
        Path found = usual;
        try (Stream<Path> all = Files.list(Path.of("/usr/lib"))) {
            found = all.map(directory -> directory.resolve("libtpm2_pkcs11.so.1"))
                    .filter(Files::exists)
                    .findFirst()
                    .orElse(usual);
        } catch (IOException e) {
            // named below
        }
        Peer.requireFile(found, "libtpm2-pkcs11-1");
        return found;
    }

    private String busAddress() {
        return "unix:path=" + home.resolve("bus");
    }

    private PeerProcess startBus() throws IOException, InterruptedException {
        Files.deleteIfExists(home.resolve("bus"));
        PeerProcess started = PeerProcess.start(
                home, BUS.with(List.of("--config-file=" + home.resolve("bus.conf"), "--nofork", "--nopidfile")));
        for (int i = 0; i < 200 && !Files.exists(home.resolve("bus")); i++) {
            Thread.sleep(20);
        }
        return started;
    }

    /** The library leaves an object behind for each key it makes, and the suite makes dozens in one process: the usual 27 are not enough. */
    private PeerProcess startManager() throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(MANAGER.with(List.of(
                "--allow-root",
                "--session",
                "--max-transients=100",
                "--tcti=swtpm:host=127.0.0.1,port=" + tpm.port())));
        builder.environment().putAll(environment());
        PeerProcess started = PeerProcess.start(home, builder);
        for (int i = 0; i < 100; i++) {
            ProcessBuilder asks = new ProcessBuilder(LOCKOUT.with(List.of("--clear-lockout")));
            asks.environment().putAll(environment());
            if (PeerOutcome.of(asks).exitCode() == 0) {
                return started;
            }
            Thread.sleep(50);
        }
        throw new IOException("the resource manager does not answer: " + started.output());
    }

    /** What the library, the tools and a child process need to find this TPM and no other. */
    Map<String, String> environment() {
        return Map.of(
                "DBUS_SESSION_BUS_ADDRESS",
                busAddress(),
                "TPM2_PKCS11_TCTI",
                "tabrmd:bus_type=session",
                "TPM2TOOLS_TCTI",
                "tabrmd:bus_type=session",
                "TPM2_PKCS11_STORE",
                home.resolve("store").toString());
    }

    /** Makes the token. */
    void prepare() throws Exception {
        String store = home.resolve("store").toString();
        run(PTOOL.with(List.of("init", "--path", store)));
        run(PTOOL.with(List.of(
                "addtoken",
                "--pid=1",
                "--sopin=90817263",
                "--userpin=" + new String(PIN),
                "--label=camseal",
                "--path",
                store)));
    }

    /** The environment of this process, for the library in it. */
    void takeEnvironment() throws IOException {
        for (Map.Entry<String, String> one : environment().entrySet()) {
            CEnvironment.set(one.getKey(), one.getValue());
        }
    }

    PeerOutcome run(List<String> command) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().putAll(environment());
        return PeerOutcome.of(builder).good();
    }

    /** As the owner of the TPM does, after too many wrong PINs. */
    void clearLockout() throws IOException, InterruptedException {
        run(LOCKOUT.with(List.of("--clear-lockout")));
    }

    /** kill -9 for the TPM, the manager and the bus, and on again. */
    void cutPower() throws Exception {
        tpm.kill();
        manager.process().destroyForcibly().waitFor();
        bus.process().destroyForcibly().waitFor();
        tpm.cutPower();
        bus = startBus();
        manager = startManager();
    }

    static Pkcs11Token token() {
        return new Pkcs11Token(library(), 0, AssuranceLevel.SOFTWARE, 5);
    }

    static Pkcs11Element open() throws IdentityException {
        return Pkcs11Element.open(token(), PIN, new SecureRandom());
    }

    @Override
    public void close() {
        manager.close();
        bus.close();
        tpm.close();
    }
}
