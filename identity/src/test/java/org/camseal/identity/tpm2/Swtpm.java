package org.camseal.identity.tpm2;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.camseal.peers.Peer;
import org.camseal.peers.PeerProcess;

/** A TPM of swtpm: a process with a state directory. Killing it is a power cut. */
public final class Swtpm implements AutoCloseable {
    private static final Peer PEER = new Peer("swtpm", "swtpm");

    private final Path state;
    private final int port;
    private Process process;

    public Swtpm(Path state) throws IOException, InterruptedException {
        this.state = Files.createDirectories(state);
        this.port = freePair();
        this.process = start();
    }

    /** The resource manager of others expects the control port next to the command port. */
    private static int freePair() throws IOException {
        for (int i = 0; i < 100; i++) {
            int first = PeerProcess.freePort();
            try (ServerSocket next = new ServerSocket(first + 1, 1, InetAddress.getLoopbackAddress())) {
                return next.getLocalPort() - 1;
            } catch (IOException | IllegalArgumentException e) {
                // taken: another pair
            }
        }
        throw new IOException("no two free ports next to each other");
    }

    public static void require() {
        PEER.require();
    }

    private Process start() throws IOException, InterruptedException {
        Process started = new ProcessBuilder(
                        "swtpm",
                        "socket",
                        "--tpm2",
                        "--tpmstate",
                        "dir=" + state,
                        "--server",
                        "type=tcp,port=" + port + ",bindaddr=127.0.0.1",
                        "--ctrl",
                        "type=tcp,port=" + (port + 1) + ",bindaddr=127.0.0.1",
                        "--flags",
                        "not-need-init,startup-clear")
                .redirectErrorStream(true)
                .redirectOutput(state.resolve("swtpm.log").toFile())
                .start();
        for (int i = 0; i < 200; i++) {
            if (!started.isAlive()) {
                throw new IOException("swtpm ended: " + Files.readString(state.resolve("swtpm.log")));
            }
            // Not by connecting: swtpm serves one connection after the other.
            if (listens()) {
                return started;
            }
            Thread.sleep(20);
        }
        started.destroyForcibly();
        throw new IOException("swtpm does not listen");
    }

    private boolean listens() throws IOException {
        String hex = String.format(":%04X ", port);
        return Files.readAllLines(Path.of("/proc/net/tcp")).stream()
                .anyMatch(line -> line.contains("0100007F" + hex) && line.contains(" 0A "));
    }

    public TpmAddress address() {
        return new TpmAddress.Tcp("127.0.0.1", port);
    }

    public int port() {
        return port;
    }

    /** kill -9, and on again. */
    public void cutPower() throws IOException, InterruptedException {
        kill();
        process = start();
    }

    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
    }

    public long pid() {
        return process.pid();
    }

    Socket connect() throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), port);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
