package org.camseal.streaming.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.camseal.streaming.server.RtspServerSettings.ClientCertificates;
import org.jspecify.annotations.Nullable;

/** A TCP connection that the server accepted itself, inside TLS where the server has a context. */
final class TcpLink implements RtspLink {
    private final Socket raw;
    private final @Nullable SSLContext tls;
    private final ClientCertificates certificates;
    private Socket socket;

    TcpLink(Socket raw, RtspServerSettings settings) {
        this.raw = raw;
        this.socket = raw;
        this.tls = settings.tls();
        this.certificates = settings.clientCertificates();
    }

    @Override
    public InetAddress peer() {
        return raw.getInetAddress();
    }

    @Override
    public InetAddress local() {
        return raw.getLocalAddress();
    }

    @Override
    public Privacy privacy() {
        return tls == null ? Privacy.CLEAR : Privacy.TLS;
    }

    @Override
    public void open() throws IOException {
        raw.setTcpNoDelay(true);
        if (tls == null) {
            return;
        }
        SSLSocket secured =
                (SSLSocket) tls.getSocketFactory().createSocket(raw, peer().getHostAddress(), raw.getPort(), true);
        secured.setUseClientMode(false);
        secured.setEnabledProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
        secured.setNeedClientAuth(certificates == ClientCertificates.REQUIRED);
        secured.startHandshake();
        socket = secured;
    }

    @Override
    public InputStream in() throws IOException {
        return socket.getInputStream();
    }

    @Override
    public OutputStream out() throws IOException {
        return socket.getOutputStream();
    }

    @Override
    public void finish() throws IOException {
        socket.close();
    }

    /** Closes the TCP connection itself: closing TLS first would wait for a write that is blocked. */
    @Override
    public void close() {
        try {
            raw.close();
        } catch (IOException e) {
            // It is closed as far as we can.
        }
    }
}
