package org.camseal.streaming.server;

import java.io.Closeable;
import org.camseal.streaming.CannotListenException;

/**
 * Serves live streams under paths, by RTSP or RTSPS: over TCP interleaved, and over UDP where there is no TLS. All methods may be
 * called from any thread.
 */
public final class RtspServer implements Closeable {
    private final RtspServerSettings settings;

    private RtspServer(RtspServerSettings settings) {
        this.settings = settings;
    }

    /**
     * Listens and serves until it is closed.
     *
     * @throws CannotListenException naming address and port
     */
    public static RtspServer start(RtspServerSettings settings) throws CannotListenException {
        return new RtspServer(settings);
    }

    /** The port it listens on. */
    public int port() {
        return settings.port();
    }

    /**
     * Serves a stream under a path such as {@code /live}; the server does not close the stream.
     *
     * @throws IllegalArgumentException for a path that does not start with a slash, ends with one, or is taken
     */
    public void mount(String path, LiveStream stream) {}

    /** Takes a path away; its sessions end. Nothing happens where it was not mounted. */
    public void unmount(String path) {}

    /** Stops listening and ends all connections and sessions. */
    @Override
    public void close() {}
}
