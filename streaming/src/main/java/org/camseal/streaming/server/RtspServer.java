package org.camseal.streaming.server;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.security.SecureRandom;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.camseal.streaming.CannotListenException;
import org.camseal.streaming.Transport;
import org.jspecify.annotations.Nullable;

/**
 * Serves live streams under paths, by RTSP or RTSPS: over TCP interleaved, and over UDP as SRTP or where there is no TLS. All methods may
 * be called from any thread.
 */
public final class RtspServer implements Closeable {
    private static final int BACKLOG = 1024;
    private static final long SWEEP_NANOS = 250_000_000;

    private final RtspServerSettings settings;
    private final ServerSocket listening;
    private final RandomGenerator random;
    private final LongSupplier nanoTime;
    private final Map<String, Mounted> mounts = new ConcurrentHashMap<>();
    private final Map<String, MulticastGroup> groups = new ConcurrentHashMap<>();
    private final ConnectionTable connections;
    private final HttpTunnels tunnels = new HttpTunnels();
    private final SessionTable sessions;
    private final LoginGuard loginGuard;
    private @Nullable UdpSockets udp;
    private @Nullable DatagramPump datagramPump;
    private volatile boolean closed;

    private RtspServer(
            RtspServerSettings settings, ServerSocket listening, RandomGenerator random, LongSupplier nanoTime) {
        this.settings = settings;
        this.listening = listening;
        this.random = random;
        this.nanoTime = nanoTime;
        this.connections = new ConnectionTable(settings);
        this.sessions = new SessionTable(settings, random, nanoTime);
        this.loginGuard = new LoginGuard(settings.limits().failedLogins(), nanoTime);
    }

    /**
     * Listens and serves until it is closed.
     *
     * @throws CannotListenException naming address and port
     */
    public static RtspServer start(RtspServerSettings settings) throws CannotListenException {
        return start(settings, new SecureRandom(), System::nanoTime);
    }

    static RtspServer start(RtspServerSettings settings, RandomGenerator random, LongSupplier nanoTime)
            throws CannotListenException {
        ServerSocket listening = listen(settings);
        RtspServer server = new RtspServer(settings, listening, random, nanoTime);
        Thread.ofVirtual().name("rtsp-accept-" + listening.getLocalPort()).start(server::accept);
        Thread.ofVirtual().name("rtsp-sweep-" + listening.getLocalPort()).start(server::sweep);
        return server;
    }

    private static ServerSocket listen(RtspServerSettings settings) throws CannotListenException {
        String where = settings.address().getHostAddress() + " port " + settings.port();
        try {
            ServerSocket socket = new ServerSocket();
            try {
                socket.setReuseAddress(true);
                socket.bind(new InetSocketAddress(settings.address(), settings.port()), BACKLOG);
                return socket;
            } catch (IOException e) {
                socket.close();
                throw e;
            }
        } catch (IOException e) {
            throw new CannotListenException(
                    "cannot listen on " + where + ": " + e.getMessage()
                            + "; choose another port, or stop the program that has it",
                    e);
        }
    }

    /** The port it listens on. */
    public int port() {
        return listening.getLocalPort();
    }

    /**
     * Serves a stream under a path such as {@code /live}; the server does not close the stream.
     *
     * @throws IllegalArgumentException for a path that does not start with a slash, ends with one, or is taken
     */
    public void mount(String path, LiveStream stream) {
        mountAt(path, stream);
    }

    /**
     * Replays a recording under a path such as {@code /replay/main}; the server does not close it.
     *
     * @throws IllegalArgumentException as {@link #mount(String, LiveStream)}
     */
    public void mount(String path, ReplayStream recording) {
        mountAt(path, recording);
    }

    private void mountAt(String path, Mounted stream) {
        if (!path.matches("(/[A-Za-z0-9._~-]+)+")) {
            throw new IllegalArgumentException(
                    "path " + path + "; a slash and a name of letters, digits and ._~- expected, as often as wanted");
        }
        if (mounts.putIfAbsent(path, stream) != null) {
            throw new IllegalArgumentException("path " + path + " is taken");
        }
    }

    /**
     * As {@link #mount(String, LiveStream)}, and to a group for those who ask for it: by {@code multicast=1} in the URI, which a server with
     * TLS asks for, because the key of the group stands in that description.
     */
    public void mount(String path, LiveStream stream, Multicast multicast) {
        mount(path, stream);
        groups.put(path, new MulticastGroup(this, path, stream, multicast));
    }

    /** Takes a path away; its sessions end. Nothing happens where it was not mounted. */
    public void unmount(String path) {
        if (mounts.remove(path) != null) {
            sessions.endAllOf(path, "the stream was taken away");
            groups.remove(path);
        }
    }

    private void accept() {
        while (!closed) {
            try {
                Socket socket = listening.accept();
                welcome(socket);
            } catch (IOException e) {
                if (closed) {
                    return;
                }
                LockSupport.parkNanos(SWEEP_NANOS); // out of file descriptors: others may give some back
            }
        }
    }

    private void welcome(Socket socket) {
        Arrival arrival = new Arrival(this, new TcpLink(socket, settings));
        if (connections.admit(arrival)) {
            Thread.ofVirtual()
                    .name("rtsp-" + socket.getInetAddress().getHostAddress())
                    .start(arrival);
        }
    }

    /**
     * Serves one reader over a link that somebody else opened, within the limits and by the rules of all connections; returns when the
     * link is over. Called on a thread of its own. What {@code GET} and {@code POST} of an HTTP tunnel come by need not be alike: one may be a
     * connection of this server, and the other handed over.
     */
    public void serve(RtspLink link) {
        Arrival arrival = new Arrival(this, link);
        if (connections.admit(arrival)) {
            arrival.run();
        }
    }

    private void sweep() {
        while (!closed) {
            LockSupport.parkNanos(SWEEP_NANOS);
            sessions.endFallen();
            sessions.endSilent();
            connections.closeOverdue();
        }
    }

    void startPump(Session session, SessionState.Playing playing, ServerConnection connection) {
        Carrier any = playing.senders().values().iterator().next().carrier();
        String transport = (any instanceof Carrier.Protected ? "SRTP over " : "") + any.transport();
        settings.events().accept(new RtspServerEvent.PlaybackStarted(connection.peer(), session.path(), transport));
        if (playing.feed() instanceof Subscription subscription
                && playing.senders().values().stream()
                        .allMatch(sender -> sender.carrier().transport() == Transport.UDP)) {
            datagramPump().add(session, playing, subscription);
        } else {
            Thread.ofVirtual().name("rtsp-pump-" + session.id()).start(() -> pump(session, playing));
        }
    }

    private DatagramPump datagramPump() {
        synchronized (mounts) {
            DatagramPump running = datagramPump;
            if (running == null) {
                running = DatagramPump.start(sessions, nanoTime);
                datagramPump = running;
            }
            if (closed) {
                running.close();
            }
            return running;
        }
    }

    private void pump(Session session, SessionState.Playing playing) {
        try {
            session.pump(playing);
        } catch (ReplayFeed.UnreadableException e) {
            sessions.end(session, String.valueOf(e.getMessage()));
        } catch (IOException e) {
            sessions.end(session, "the reader is gone: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Stops listening and ends all connections and sessions. */
    @Override
    public void close() {
        closed = true;
        try {
            listening.close();
        } catch (IOException e) {
            // Nothing is left to be freed.
        }
        sessions.endAll("the server was closed");
        connections.closeAll();
        synchronized (mounts) {
            if (datagramPump != null) {
                datagramPump.close();
            }
            if (udp != null) {
                udp.close();
            }
        }
    }

    RtspServerSettings settings() {
        return settings;
    }

    RandomGenerator random() {
        return random;
    }

    LongSupplier nanoTime() {
        return nanoTime;
    }

    SessionTable sessions() {
        return sessions;
    }

    ConnectionTable connections() {
        return connections;
    }

    HttpTunnels tunnels() {
        return tunnels;
    }

    LoginGuard loginGuard() {
        return loginGuard;
    }

    @Nullable
    Mounted mounted(String path) {
        return mounts.get(path);
    }

    /** The group that a path's stream is sent to; null for none. */
    @Nullable
    MulticastGroup group(String path) {
        return groups.get(path);
    }

    /** The UDP sockets, opened when the first reader wants them. */
    UdpSockets udp() throws IOException {
        synchronized (mounts) {
            if (closed) {
                throw new IOException("the server is closed");
            }
            if (udp == null) {
                udp = UdpSockets.open(settings.address());
            }
            return udp;
        }
    }
}
