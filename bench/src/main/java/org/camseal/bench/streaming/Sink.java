package org.camseal.bench.streaming;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SocketChannel;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.camseal.streaming.ProtocolException;
import org.camseal.streaming.rtsp.ControlUri;
import org.camseal.streaming.rtsp.RtspHeaders;
import org.camseal.streaming.rtsp.RtspMessage;
import org.camseal.streaming.rtsp.RtspReader;
import org.camseal.streaming.rtsp.TransportSpec;
import org.camseal.streaming.sdp.SessionDescription;
import org.jspecify.annotations.Nullable;

/**
 * A client that costs next to nothing: it asks for the stream, and then somebody empties its socket. Nothing is opened, put in order or
 * kept.
 */
final class Sink implements Closeable {
    private static final int RECEIVE_BUFFER = 1 << 20;
    private static final int MAX_BODY = 65_536;
    private static final int TIMEOUT_MILLIS = 30_000;

    private final SocketChannel connection;
    private final Socket socket;
    private final RtspReader reader;
    private final String uri;
    private @Nullable DatagramChannel media;
    private @Nullable DatagramChannel reports;
    private RtspHeaders session = RtspHeaders.NONE;
    private int cseq;

    private Sink(SocketChannel connection, Socket socket, String uri) throws IOException {
        this.connection = connection;
        this.socket = socket;
        this.reader = new RtspReader(socket.getInputStream(), MAX_BODY);
        this.uri = uri;
    }

    /**
     * Asks for a stream on this machine and has it played.
     *
     * @param tls for a way that is secure
     */
    static Sink play(int port, Way way, SSLContext tls) throws IOException, ProtocolException {
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        SocketChannel channel = SocketChannel.open(address);
        try {
            channel.socket().setSoTimeout(TIMEOUT_MILLIS);
            String path = "localhost:" + port + "/live" + way.query();
            Sink sink = way.isSecure()
                    ? new Sink(channel, secured(channel.socket(), port, tls), "rtsps://" + path)
                    : new Sink(channel, channel.socket(), "rtsp://" + path);
            sink.setUp(way);
            return sink;
        } catch (IOException | ProtocolException e) {
            channel.close();
            throw e;
        }
    }

    private static Socket secured(Socket raw, int port, SSLContext tls) throws IOException {
        SSLSocket socket = (SSLSocket) tls.getSocketFactory().createSocket(raw, "localhost", port, true);
        socket.startHandshake();
        return socket;
    }

    private void setUp(Way way) throws IOException, ProtocolException {
        RtspMessage.Response described = ask("DESCRIBE", uri, RtspHeaders.NONE.with("Accept", "application/sdp"));
        String control = SessionDescription.parse(described.body())
                .media()
                .getFirst()
                .attribute("control")
                .orElse("");
        String base = described.headers().first("Content-Base").orElse(uri);
        String transport = way.transport();
        if (way == Way.TCP) {
            transport += ";interleaved=0-1";
        } else {
            media = datagrams();
            reports = datagrams();
            transport += ";client_port=" + portOf(media) + "-" + portOf(reports);
        }
        RtspMessage.Response ready =
                ask("SETUP", ControlUri.resolve(base, control), RtspHeaders.NONE.with("Transport", transport));
        session = RtspHeaders.NONE.with(
                "Session", ready.headers().first("Session").orElse("").split(";")[0]);
        if (media != null) {
            TransportSpec agreed = TransportSpec.parse(
                            ready.headers().first("Transport").orElse(""))
                    .getFirst();
            TransportSpec.Pair ports = agreed.serverPorts();
            if (ports == null) {
                throw new ProtocolException("SETUP was answered without the server's ports");
            }
            media.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), ports.rtp()));
        }
        ask("PLAY", base, session);
    }

    private static DatagramChannel datagrams() throws IOException {
        DatagramChannel channel = DatagramChannel.open();
        channel.setOption(StandardSocketOptions.SO_RCVBUF, RECEIVE_BUFFER);
        channel.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        channel.configureBlocking(false);
        return channel;
    }

    private static int portOf(DatagramChannel channel) throws IOException {
        return ((InetSocketAddress) channel.getLocalAddress()).getPort();
    }

    private RtspMessage.Response ask(String method, String to, RtspHeaders headers)
            throws IOException, ProtocolException {
        RtspHeaders all = headers.with("CSeq", Integer.toString(++cseq));
        for (RtspHeaders.Field field : session.fields()) {
            all = headers.first(field.name()).isPresent() ? all : all.with(field.name(), field.value());
        }
        socket.getOutputStream().write(new RtspMessage.Request(method, to, all).toBytes());
        RtspMessage message = reader.next();
        while (message instanceof RtspMessage.Frame) {
            message = reader.next();
        }
        if (!(message instanceof RtspMessage.Response response) || !response.isSuccess()) {
            throw new ProtocolException(method + " was answered with " + message);
        }
        return response;
    }

    /** The socket of its media by UDP; null where that comes inside the connection. */
    @Nullable
    DatagramChannel media() {
        return media;
    }

    SocketChannel connection() {
        return connection;
    }

    /** Reads what comes inside the connection. */
    RtspReader reader() {
        return reader;
    }

    /** Says good-bye, so that the server need not find out. */
    void tearDown() throws IOException {
        if (media != null) {
            socket.getOutputStream()
                    .write(new RtspMessage.Request("TEARDOWN", uri, session.with("CSeq", Integer.toString(++cseq)))
                            .toBytes());
        }
    }

    @Override
    public void close() throws IOException {
        connection.close();
        if (media != null) {
            media.close();
        }
        if (reports != null) {
            reports.close();
        }
    }
}
