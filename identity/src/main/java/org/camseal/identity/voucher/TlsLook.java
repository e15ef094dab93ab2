package org.camseal.identity.voucher;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;

/**
 * Looks at the certificates of a TLS server, whoever it is: shakes hands to the end, so that the server shows that it has the key, sends
 * nothing, and goes. Nothing that comes from this connection may be used for anything but telling people.
 */
public final class TlsLook {
    private TlsLook() {}

    /**
     * Looks at a server.
     *
     * @param host a name, or an address as a literal; a name is sent in the handshake (SNI)
     * @param port 1 to 65535
     * @param patience for all of it together
     * @throws IOException if nobody answers there in time, or what answers speaks no TLS and shows no certificate
     */
    public static Shown at(String host, int port, Duration patience) throws IOException {
        SeenChain seen = new SeenChain();
        String where = host + ":" + port;
        long end = System.nanoTime() + patience.toNanos();
        try (Socket plain = new Socket()) {
            connect(plain, host, port, patience);
            Thread watch = Thread.ofVirtual().start(() -> closeAt(plain, end));
            try {
                SSLSocket tls = (SSLSocket) context(seen).getSocketFactory().createSocket(plain, host, port, true);
                tls.startHandshake();
                return new Shown(seen.chain(), Optional.of(host), Shown.Proof.HANDSHAKE);
            } catch (IOException e) {
                if (!seen.chain().isEmpty()) {
                    return new Shown(seen.chain(), Optional.of(host), Shown.Proof.BROKEN_OFF);
                }
                throw end - System.nanoTime() <= 0 ? late(where, patience) : noTls(where, e);
            } finally {
                watch.interrupt();
            }
        }
    }

    private static void connect(Socket socket, String host, int port, Duration patience) throws IOException {
        String where = host + ":" + port;
        try {
            socket.connect(new InetSocketAddress(InetAddress.getByName(host), port), (int) patience.toMillis());
        } catch (UnknownHostException e) {
            throw new IOException(where + ": no host of this name is known", e);
        } catch (SocketTimeoutException e) {
            throw late(where, patience);
        } catch (IOException e) {
            throw new IOException(
                    where + ": " + e.getMessage() + "; see that the server runs and the port is right", e);
        }
    }

    private static IOException late(String where, Duration patience) {
        return new IOException(where + ": no certificate within " + patience.toSeconds() + " seconds");
    }

    private static IOException noTls(String where, IOException cause) {
        String what = cause instanceof SSLException ? "speaks no TLS that is understood here" : "ended the connection";
        return new IOException(where + ": what answers there " + what + " (" + cause.getMessage() + ")", cause);
    }

    private static void closeAt(Socket socket, long end) {
        try {
            Thread.sleep(Duration.ofNanos(Math.max(0, end - System.nanoTime())));
            socket.close();
        } catch (InterruptedException e) {
            // it is over in time
        } catch (IOException e) {
            // closed enough
        }
    }

    private static SSLContext context(SeenChain seen) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(new KeyManager[0], new TrustManager[] {seen}, new SecureRandom());
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has TLS", e);
        }
    }
}
