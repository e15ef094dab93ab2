package org.camseal.streaming.server;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.camseal.streaming.ProtocolException;
import org.camseal.streaming.rtsp.RtspMessage;
import org.camseal.streaming.rtsp.RtspReader;
import org.camseal.streaming.rtsp.TransportSpec;

/** One RTSP connection: reads requests on its own thread; responses and interleaved frames share its way out. */
final class ServerConnection implements Runnable {
    private static final int MAX_BODY = 65_536;
    private static final int BUFFER = 65_536;
    private static final int FRAME_HEADER = 4;

    private final RtspServer server;
    private final Socket raw;
    private final ReentrantLock writing = new ReentrantLock();
    private final byte[] buffer = new byte[BUFFER];
    private final Map<Integer, Session> channels = new ConcurrentHashMap<>();
    private final Set<Session> setUpHere = ConcurrentHashMap.newKeySet();
    private final ConnectionLogin login;
    private final OfferedKeys offeredKeys;
    private int buffered;
    private volatile OutputStream out = OutputStream.nullOutputStream();
    private volatile long lastRequestNanos;
    private volatile long writeBeganNanos;
    private volatile boolean blocked;

    ServerConnection(RtspServer server, Socket raw) {
        this.server = server;
        this.raw = raw;
        this.login = new ConnectionLogin(server.settings().authenticator(), server.random(), server.nanoTime());
        this.offeredKeys = new OfferedKeys(server.settings().srtp(), server.random(), InstantSource.system());
        this.lastRequestNanos = server.nanoTime().getAsLong();
    }

    InetAddress peer() {
        return raw.getInetAddress();
    }

    InetAddress local() {
        return raw.getLocalAddress();
    }

    ConnectionLogin login() {
        return login;
    }

    OfferedKeys offeredKeys() {
        return offeredKeys;
    }

    boolean isTls() {
        return server.settings().tls() != null;
    }

    @Override
    public void run() {
        try (Socket socket = secured()) {
            out = socket.getOutputStream();
            RtspReader reader = new RtspReader(socket.getInputStream(), MAX_BODY);
            RequestHandler handler = new RequestHandler(server, this);
            for (RtspMessage message = reader.next(); message != null; message = reader.next()) {
                setUpHere.forEach(Session::touch);
                if (!took(message, handler)) {
                    break;
                }
            }
        } catch (SSLException e) {
            failed("TLS: " + e.getMessage());
        } catch (ProtocolException e) {
            failed(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            // The reader is gone, or was silent for too long: no fault of either side.
        } finally {
            close();
            endSessions("the connection was closed");
        }
    }

    private void failed(String detail) {
        server.settings().events().accept(new RtspServerEvent.ConnectionFailed(peer(), detail));
    }

    private Socket secured() throws IOException {
        raw.setTcpNoDelay(true);
        var tls = server.settings().tls();
        if (tls == null) {
            return raw;
        }
        SSLSocket socket =
                (SSLSocket) tls.getSocketFactory().createSocket(raw, peer().getHostAddress(), raw.getPort(), true);
        socket.setUseClientMode(false);
        socket.setEnabledProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
        socket.setNeedClientAuth(
                server.settings().clientCertificates() == RtspServerSettings.ClientCertificates.REQUIRED);
        socket.startHandshake();
        return socket;
    }

    /** False where the connection is to be closed behind the answer. */
    private boolean took(RtspMessage message, RequestHandler handler) throws IOException {
        switch (message) {
            case RtspMessage.Request request -> {
                lastRequestNanos = server.nanoTime().getAsLong();
                RequestHandler.Reply reply = handler.handle(request);
                write(reply.response().toBytes());
                reply.afterwards().run();
                return !reply.closes();
            }
            case RtspMessage.Frame frame -> {
                return true; // a report: a sign of life, which it has been by arriving
            }
            case RtspMessage.Response response -> {
                return true; // we ask nothing
            }
        }
    }

    /** Takes channels for a session's track; false where one is taken. */
    boolean takeChannels(TransportSpec.Pair pair, Session session) {
        if (channels.putIfAbsent(pair.rtp(), session) != null) {
            return false;
        }
        if (pair.rtp() == pair.rtcp() || channels.putIfAbsent(pair.rtcp(), session) != null) {
            channels.remove(pair.rtp());
            return false;
        }
        return true;
    }

    void releaseChannels(TransportSpec.Pair pair) {
        channels.remove(pair.rtp());
        channels.remove(pair.rtcp());
    }

    /** Two channels that nobody uses; the last two where there are none. */
    TransportSpec.Pair freeChannels() {
        int channel = 0;
        while (channel < 254 && (channels.containsKey(channel) || channels.containsKey(channel + 1))) {
            channel += 2;
        }
        return new TransportSpec.Pair(channel, channel + 1);
    }

    private void write(byte[] bytes) throws IOException {
        writing.lock();
        try {
            send(bytes, 0, bytes.length);
        } finally {
            writing.unlock();
        }
    }

    private void send(byte[] bytes, int offset, int length) throws IOException {
        writeBeganNanos = server.nanoTime().getAsLong();
        blocked = true;
        try {
            out.write(bytes, offset, length);
            out.flush();
        } finally {
            blocked = false;
        }
    }

    /** Begins to write frames; until {@link #endFrames()} the way out belongs to this thread. */
    void beginFrames() {
        writing.lock();
    }

    /** A frame of two parts, the second {@code length} bytes from the start of its array. */
    void frame(int channel, byte[] header, byte[] payload, int length) throws IOException {
        int whole = header.length + length;
        if (BUFFER - buffered < FRAME_HEADER + header.length) {
            flush();
        }
        buffer[buffered] = '$';
        buffer[buffered + 1] = (byte) channel;
        buffer[buffered + 2] = (byte) (whole >> 8);
        buffer[buffered + 3] = (byte) whole;
        System.arraycopy(header, 0, buffer, buffered + FRAME_HEADER, header.length);
        buffered += FRAME_HEADER + header.length;
        for (int at = 0; at < length; ) {
            if (buffered == BUFFER) {
                flush();
            }
            int part = Math.min(length - at, BUFFER - buffered);
            System.arraycopy(payload, at, buffer, buffered, part);
            buffered += part;
            at += part;
        }
    }

    void endFrames() throws IOException {
        try {
            flush();
        } finally {
            writing.unlock();
        }
    }

    private void flush() throws IOException {
        int length = buffered;
        buffered = 0;
        send(buffer, 0, length);
    }

    /** Closes where the reader takes nothing, or says nothing and has no session. */
    void closeIfOverdue() {
        RtspServerLimits limits = server.settings().limits();
        long now = server.nanoTime().getAsLong();
        if (blocked && now - writeBeganNanos > limits.writeTimeout().toNanos()) {
            endSessions("the reader took nothing for " + limits.writeTimeout().toSeconds() + " s");
            close();
            return;
        }
        setUpHere.removeIf(Session::isOver);
        if (setUpHere.isEmpty()
                && now - lastRequestNanos > limits.requestTimeout().toNanos()) {
            close();
        }
    }

    /** While a session that was set up here lives, the connection may be silent. */
    void keepFor(Session session) {
        setUpHere.add(session);
    }

    private void endSessions(String reason) {
        Set<Session> mine = new HashSet<>(channels.values());
        mine.forEach(session -> server.sessions().end(session, reason));
    }

    /** Closes the TCP connection itself: closing TLS first would wait for a write that is blocked. */
    void close() {
        try {
            raw.close();
        } catch (IOException e) {
            // It is closed as far as we can.
        }
    }
}
