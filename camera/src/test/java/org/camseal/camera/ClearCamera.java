package org.camseal.camera;

import java.io.Closeable;
import java.net.InetAddress;
import java.net.URI;
import java.util.List;
import org.camseal.media.AccessUnit;
import org.camseal.streaming.Login;
import org.camseal.streaming.ProtocolException;
import org.camseal.streaming.server.Authenticator;
import org.camseal.streaming.server.LiveStream;
import org.camseal.streaming.server.RtspServer;
import org.camseal.streaming.server.RtspServerSettings;

/** An ordinary camera that sends in clear, as a gateway finds it; it can be interrupted and resumed. */
final class ClearCamera implements Closeable {
    private static final String PATH = "/other";

    private final RtspServer server;
    private final Films.Film film;
    private final Thread sender;
    private volatile LiveStream stream;
    private volatile boolean closed;

    ClearCamera(Login login, Films.Film film) throws Exception {
        this.film = film;
        server = RtspServer.start(RtspServerSettings.of(
                InetAddress.getLoopbackAddress(), 0, Authenticator.digest("other", List.of(login))));
        stream = new LiveStream(film.tracks());
        server.mount(PATH, stream);
        sender = Thread.ofVirtual().start(this::send);
    }

    URI address() {
        return URI.create("rtsp://" + InetAddress.getLoopbackAddress().getHostAddress() + ":" + server.port() + PATH);
    }

    /** Sends the film again and again, each round 8 s later. */
    private void send() {
        try {
            for (long round = 0; !closed; round++) {
                for (int i = 0; i < film.units().size() && !closed; i++) {
                    AccessUnit unit = film.units().get(i);
                    publish(Retimed.by(
                            unit, round * 8 * 90_000, unit.capturedAt().plusSeconds(8 * round)));
                    Thread.sleep(10);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void publish(AccessUnit unit) {
        try {
            stream.publish(unit);
        } catch (ProtocolException e) {
            throw new IllegalStateException(e);
        } catch (IllegalStateException e) {
            // closed by interrupt(): nobody listens
            return;
        }
    }

    synchronized void interrupt() throws InterruptedException {
        stream.close();
        for (int i = 0; i < 1000 && stream.readers() > 0; i++) {
            Thread.sleep(5);
        }
        server.unmount(PATH);
    }

    synchronized void resume() {
        stream = new LiveStream(film.tracks());
        server.mount(PATH, stream);
    }

    @Override
    public void close() {
        closed = true;
        sender.interrupt();
        server.close();
        stream.close();
    }
}
