package org.camseal.streaming.server;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.ssl.SSLException;
import org.camseal.streaming.ProtocolException;
import org.camseal.streaming.rtsp.RtspMessage;
import org.camseal.streaming.rtsp.RtspReader;
import org.camseal.streaming.rtsp.TransportSpec;

/** One RTSP connection: reads requests on its own thread; responses and interleaved frames share its way out. */
final class ServerConnection implements Runnable {
    private static final int MAX_BODY = 65_536;
    private static final int BUFFER = 65_536;
    private static final int FRAME_HEADER = 4;
    /** Clients ask once or twice without a login before they send one. */
    private static final int MOST_TURNED_AWAY = 16;

    private final RtspServer server;
    private final RtspLink link;
    private final ReentrantLock writing = new ReentrantLock();
    private final byte[] buffer = new byte[BUFFER];
    private final Map<Integer, Session> channels = new ConcurrentHashMap<>();
    /** By the channel of their reports. */
    private final Map<Integer, Reporter> reporters = new ConcurrentHashMap<>();

    private final Set<Session> setUpHere = ConcurrentHashMap.newKeySet();
    private final ConnectionLogin login;
    private final OfferedKeys offeredKeys;
    private int buffered;
    private volatile OutputStream out = OutputStream.nullOutputStream();
    private volatile long lastRequestNanos;
    private volatile long writeBeganNanos;
    private volatile boolean blocked;
    private volatile boolean known;
    private volatile Standing standing = new Standing.OfAnybody();
    private int turnedAway;

    ServerConnection(RtspServer server, RtspLink link) {
        this.server = server;
        this.link = link;
        this.login = new ConnectionLogin(server.settings().authenticator(), server.random(), server.nanoTime());
        this.offeredKeys = new OfferedKeys(server.settings().srtp(), server.random(), InstantSource.system());
        this.lastRequestNanos = server.nanoTime().getAsLong();
    }

    InetAddress peer() {
        return link.peer();
    }

    InetAddress local() {
        return link.local();
    }

    ConnectionLogin login() {
        return login;
    }

    OfferedKeys offeredKeys() {
        return offeredKeys;
    }

    boolean isTls() {
        return link.privacy() == RtspLink.Privacy.TLS;
    }

    @Override
    public void run() {
        try {
            out = link.out();
            RtspReader reader = new RtspReader(link.in(), MAX_BODY);
            RequestHandler handler = new RequestHandler(server, this);
            for (RtspMessage message = reader.next(); message != null; message = reader.next()) {
                setUpHere.forEach(Session::touch);
                if (!took(message, handler)) {
                    break;
                }
            }
            link.finish();
        } catch (ProtocolException e) {
            failed(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            if (e.getCause() instanceof ProtocolException fault) { // of a tunnel
                failed(String.valueOf(fault.getMessage()));
            } else if (e instanceof SSLException tls) {
                failed("TLS: " + tls.getMessage());
            }
            // Else the reader is gone, or was silent for too long: no fault of either side.
        } finally {
            close();
            endSessions("the connection was closed");
        }
    }

    private void failed(String detail) {
        server.settings().events().accept(new RtspServerEvent.ConnectionFailed(peer(), detail));
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
                Reporter reporter = reporters.get(frame.channel());
                if (reporter != null) {
                    byte[] own = frame.bytes().clone(); // opened where it stands
                    reporter.heard(own, own.length);
                }
                return true; // a sign of life too, which it has been by arriving
            }
            case RtspMessage.Response response -> {
                return true; // we ask nothing
            }
        }
    }

    /** Takes channels for a session's track; false where one is taken. */
    boolean takeChannels(TransportSpec.Pair pair, Reporter reporter) {
        if (channels.putIfAbsent(pair.rtp(), reporter.session()) != null) {
            return false;
        }
        if (pair.rtp() == pair.rtcp() || channels.putIfAbsent(pair.rtcp(), reporter.session()) != null) {
            channels.remove(pair.rtp());
            return false;
        }
        reporters.put(pair.rtcp(), reporter);
        return true;
    }

    void releaseChannels(TransportSpec.Pair pair) {
        channels.remove(pair.rtp());
        channels.remove(pair.rtcp());
        reporters.remove(pair.rtcp());
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

    /** Closes where the last login holds no more, and where the reader takes nothing, or says nothing and has no session. */
    void closeIfOverdue() {
        if (!standing.holds()) {
            endSessions(Standing.FALLEN);
            close();
            return;
        }
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
        known = true;
    }

    private void endSessions(String reason) {
        Set<Session> mine = new HashSet<>(channels.values());
        mine.forEach(session -> server.sessions().end(session, reason));
    }

    void close() {
        link.close();
    }

    /** Whether its reader has shown a right to be here: by a login, or a session that was set up. */
    boolean isKnown() {
        return known;
    }

    /** Notes that a request came with a right login. */
    void loggedIn(Standing now) {
        known = true;
        standing = now;
        turnedAway = 0;
    }

    /** Notes a request without one; true where there were too many in a row. */
    boolean isTurnedAwayForGood() {
        return ++turnedAway >= MOST_TURNED_AWAY;
    }
}
