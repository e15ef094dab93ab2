package org.camseal.streaming.server;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;

/**
 * A stream of bytes in both directions between a server and one reader, however it came about. Whoever has one from elsewhere, such as an
 * HTTPS port that was asked for a tunnel, hands it over by {@link RtspServer#serve}; its first bytes may be RTSP, the GET or POST of an HTTP
 * tunnel, or the opening of a WebSocket.
 */
public interface RtspLink extends Closeable {
    /** Whether others can read along. */
    enum Privacy {
        /** Everyone on the way reads what passes: no key is ever sent. */
        CLEAR,
        /** Inside TLS to the reader itself. */
        TLS
    }

    /** The reader's address; media goes there and nowhere else. */
    InetAddress peer();

    /** The server's own address as the reader sees it. */
    InetAddress local();

    Privacy privacy();

    /**
     * Waits until bytes can flow, for instance for a TLS handshake. Called once, in front of {@link #in()} and {@link #out()}.
     *
     * @throws IOException where there will be no connection; {@link javax.net.ssl.SSLException} where TLS is why
     */
    void open() throws IOException;

    /** What the reader sends; buffered or not. */
    InputStream in() throws IOException;

    /** What the reader gets; each write is one piece of work, and may block. */
    OutputStream out() throws IOException;

    /** Ends it in good order, by a goodbye where there is one, as TLS has it; by the thread that reads. May block as a write does. */
    void finish() throws IOException;

    /** Ends it at once, from any thread, and frees whoever reads or writes. Never blocks; may be called often. */
    @Override
    void close();
}
