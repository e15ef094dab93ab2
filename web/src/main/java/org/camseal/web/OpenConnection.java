package org.camseal.web;

import java.io.Closeable;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.security.cert.X509Certificate;
import java.util.List;

/** A connection of a server's that was handed over ({@link OtherProtocol}): bytes in both directions, inside TLS where the server has it. */
public interface OpenConnection extends Closeable {
    /** The client's address. */
    InetAddress peer();

    /** The server's own address as the client sees it. */
    InetAddress local();

    /** Whether it is inside TLS. */
    boolean isTls();

    /** The certificates that the client showed in the handshake and has the key of, its own first; empty if it showed none. */
    List<X509Certificate> clientChain();

    /** What the client sends, from the first byte of its first request; buffered. For one thread at a time. Waits as long as it takes. */
    InputStream in();

    /** What the client gets; each write goes out at once, and waits until the system has taken it. For any thread. */
    OutputStream out();

    /** Ends it, with TLS's goodbye where that can be sent at once, and frees whoever reads or writes; never blocks. From any thread, as often as wanted. */
    @Override
    void close();
}
