package org.camseal.streaming.server;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.camseal.streaming.ProtocolException;
import org.camseal.streaming.rtsp.HttpHead;
import org.camseal.streaming.tunnel.WebSocketHandshake;

/** One link from its beginning: waits until it is open, finds out by its first bytes what it is, and runs that. */
final class Arrival implements Runnable {
    private static final int MOST_COOKIE = 256;
    private static final int BUFFER = 8192;
    private static final int FIRST_BYTES = 4;
    private static final String TUNNEL_IS_OPEN = String.join(
            "\r\n",
            "HTTP/1.0 200 OK",
            "Connection: close",
            "Cache-Control: no-store",
            "Pragma: no-cache",
            "Content-Type: application/x-rtsp-tunnelled",
            "",
            "");

    /** Where it stands. */
    private sealed interface Stage {
        /** Not known yet what it is. */
        record Opening(long sinceNanos) implements Stage {}

        /** It speaks RTSP. */
        record Speaking(ServerConnection connection) implements Stage {}

        /** It is the POST of a tunnel, whose RTSP is spoken elsewhere. */
        record Feeding(ServerConnection connection) implements Stage {}
    }

    private final RtspServer server;
    private final RtspLink link;
    private volatile Stage stage;

    Arrival(RtspServer server, RtspLink link) {
        this.server = server;
        this.link = link;
        this.stage = new Stage.Opening(server.nanoTime().getAsLong());
    }

    InetAddress peer() {
        return link.peer();
    }

    /** Whether its reader has shown a right to be here. */
    boolean isKnown() {
        return switch (stage) {
            case Stage.Opening opening -> false;
            case Stage.Speaking speaking -> speaking.connection().isKnown();
            case Stage.Feeding feeding -> feeding.connection().isKnown();
        };
    }

    void closeIfOverdue() {
        switch (stage) {
            case Stage.Opening opening -> {
                long waited = server.nanoTime().getAsLong() - opening.sinceNanos();
                if (waited > server.settings().limits().requestTimeout().toNanos()) {
                    close();
                }
            }
            case Stage.Speaking speaking -> speaking.connection().closeIfOverdue();
            case Stage.Feeding feeding -> {} // ends with its tunnel
        }
    }

    void close() {
        link.close();
    }

    @Override
    public void run() {
        try {
            link.open();
            receive();
        } catch (SSLException e) {
            failed("TLS: " + e.getMessage());
        } catch (ProtocolException e) {
            failed(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            // Gone before it said what it wants, or slow to say it.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            close();
            server.connections().left(this);
        }
    }

    private void failed(String detail) {
        server.settings().events().accept(new RtspServerEvent.ConnectionFailed(peer(), detail));
    }

    private void receive() throws IOException, ProtocolException, InterruptedException {
        PushbackInputStream in = new PushbackInputStream(link.in(), FIRST_BYTES);
        byte[] first = in.readNBytes(FIRST_BYTES);
        in.unread(first);
        String word = new String(first, StandardCharsets.ISO_8859_1);
        if (!word.equals("GET ") && !word.equals("POST")) { // RTSP's GET_PARAMETER has no blank there
            speak(new ServerConnection(server, new PartlyRead(link, in)));
            return;
        }
        InputStream rest = new BufferedInputStream(in, BUFFER);
        HttpHead head = HttpHead.read(rest);
        Optional<String> cookie = head.headers()
                .first("x-sessioncookie")
                .filter(value -> !value.isBlank() && value.length() <= MOST_COOKIE);
        if (WebSocketHandshake.isAskedFor(head)) {
            webSocket(head, rest);
        } else if (cookie.isEmpty()) {
            refuse("404 Not Found");
        } else if (head.method().equals("GET")) {
            tunnel(cookie.get());
        } else {
            feed(cookie.get(), rest);
        }
    }

    private void speak(ServerConnection connection) {
        stage = new Stage.Speaking(connection);
        connection.run();
    }

    private void webSocket(HttpHead head, InputStream rest) throws IOException {
        switch (WebSocketHandshake.answer(head, server.settings().webOrigins())) {
            case WebSocketHandshake.Answer.Accepted accepted -> {
                write(accepted.head());
                speak(new ServerConnection(server, new WebSocketLink(link, rest)));
            }
            case WebSocketHandshake.Answer.Refused refused -> {
                write(refused.head());
                link.finish();
            }
        }
    }

    private void tunnel(String cookie) throws IOException {
        HttpTunnel tunnel = new HttpTunnel(link);
        ServerConnection connection = new ServerConnection(server, tunnel);
        if (!server.tunnels().open(cookie, new HttpTunnels.Open(tunnel, connection))) {
            refuse("400 Bad Request");
            return;
        }
        try {
            write(TUNNEL_IS_OPEN);
            speak(connection);
        } finally {
            server.tunnels().close(cookie);
        }
    }

    private void feed(String cookie, InputStream rest) throws IOException, InterruptedException {
        Optional<HttpTunnels.Open> open = server.tunnels().find(cookie, link);
        if (open.isEmpty()) {
            refuse("404 Not Found");
            return;
        }
        stage = new Stage.Feeding(open.get().connection());
        if (!open.get().tunnel().feed(link, rest)) {
            refuse("400 Bad Request");
        }
    }

    private void refuse(String status) throws IOException {
        write("HTTP/1.1 " + status + "\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
        link.finish();
    }

    private void write(String head) throws IOException {
        link.out().write(head.getBytes(StandardCharsets.US_ASCII));
        link.out().flush();
    }
}
