package org.camseal.streaming.client;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.camseal.streaming.StreamingException;
import org.camseal.streaming.TimedOutException;
import org.camseal.streaming.UnreachableException;
import org.camseal.streaming.UntrustedException;

/** A TCP connection to a server, inside TLS for rtsps. Closing it frees whoever reads or writes. */
final class ClientConnection implements Closeable {
    private final Socket raw;
    private final Socket socket;
    private final String name;

    private ClientConnection(Socket raw, Socket socket, String name) {
        this.raw = raw;
        this.socket = socket;
        this.name = name;
    }

    static ClientConnection open(RtspRequest request) throws StreamingException {
        String host = request.uri().getHost();
        String name = host + " port " + request.port();
        Socket raw = new Socket();
        try {
            raw.setTcpNoDelay(true);
            String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
            raw.connect(new InetSocketAddress(InetAddress.getByName(bare), request.port()), (int)
                    request.timeouts().connect().toMillis());
            Socket socket = request.isTls() ? secured(raw, bare, request) : raw;
            return new ClientConnection(raw, socket, name);
        } catch (IOException e) {
            closeQuietly(raw);
            throw fault(e, name, request.timeouts().connect());
        }
    }

    private static StreamingException fault(IOException e, String name, Duration waited) {
        return switch (e) {
            case SSLException tls -> untrusted(tls, name);
            case SocketTimeoutException timeout ->
                new TimedOutException(name + " does not answer within " + waited.toMillis()
                        + " ms; check address, network and whether the source is switched on");
            case UnknownHostException unknown ->
                new UnreachableException(name + ": no such host name; check its spelling and the name server", e);
            case ConnectException refused ->
                new UnreachableException(
                        name + ": " + e.getMessage() + "; check the port, and whether the source is running", e);
            default -> new UnreachableException(name + ": " + e.getMessage(), e);
        };
    }

    private static UntrustedException untrusted(SSLException e, String name) {
        return new UntrustedException(
                name + ": TLS failed: " + e.getMessage()
                        + "; check that it speaks rtsps there, its certificate, and whether it asks for yours",
                e);
    }

    private static Socket secured(Socket raw, String host, RtspRequest request) throws IOException {
        SSLSocketFactory factory =
                request.tls() == null ? (SSLSocketFactory) SSLSocketFactory.getDefault() : request.tls();
        SSLSocket socket = (SSLSocket) factory.createSocket(raw, host, request.port(), true);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
        if (request.hostCheck() == HostCheck.BY_CERTIFICATE_NAME) {
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
        }
        socket.setSSLParameters(parameters);
        Duration most = request.timeouts().connect();
        Thread watch = Thread.ofVirtual().name("rtsp-handshake-watch").start(() -> closeAfter(raw, most));
        try {
            socket.startHandshake();
            return socket;
        } catch (SSLException e) {
            throw e;
        } catch (IOException e) {
            if (raw.isClosed()) {
                throw new SocketTimeoutException("TLS handshake");
            }
            throw e;
        } finally {
            watch.interrupt();
        }
    }

    /** A handshake that trickles would outlast every timeout of a single read. */
    private static void closeAfter(Socket raw, Duration most) {
        try {
            Thread.sleep(most);
            closeQuietly(raw);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Host and port, for messages. */
    String name() {
        return name;
    }

    InetAddress peer() {
        return raw.getInetAddress();
    }

    InetAddress local() {
        return raw.getLocalAddress();
    }

    InputStream in() throws IOException {
        return socket.getInputStream();
    }

    OutputStream out() throws IOException {
        return socket.getOutputStream();
    }

    /** What a failed read or write means. */
    StreamingException broken(IOException e) {
        return e instanceof SSLException tls
                ? untrusted(tls, name)
                : new UnreachableException(name + ": the connection broke: " + e.getMessage(), e);
    }

    /** Closes the TCP connection itself: closing TLS first would wait for a write that is blocked. */
    @Override
    public void close() {
        closeQuietly(raw);
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // It is closed as far as we can.
        }
    }
}
