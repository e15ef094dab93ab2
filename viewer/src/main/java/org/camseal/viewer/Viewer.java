package org.camseal.viewer;

import java.io.IOException;
import java.net.URI;
import java.time.InstantSource;
import org.camseal.web.WebException;
import org.jspecify.annotations.Nullable;

/**
 * The viewer: fetches from a recorder, checks again, opens with its own keys, and serves its page to a browser on this machine, until it
 * is closed. May be started once.
 */
public final class Viewer implements AutoCloseable {
    private final ViewerServer server;

    /** A viewer of a recorder. */
    public Viewer(ViewerSettings settings, InstantSource clock) {
        this(settings, clock, null);
    }

    /** @param demo what a demonstration adds to the page; null for nothing */
    public Viewer(ViewerSettings settings, InstantSource clock, @Nullable DemoHooks demo) {
        this.server = new ViewerServer(settings, clock, demo);
    }

    /**
     * Listens. The recorder need not answer yet; the page says whether it does.
     *
     * @throws IOException where the port is taken
     */
    public void start() throws IOException {
        try {
            server.start();
        } catch (WebException.CannotStart cannot) {
            throw new IOException(cannot.getMessage(), cannot);
        }
    }

    /** What to open in a browser, with the session token. For who started the program only. */
    public URI entryAddress() {
        return server.entryAddress();
    }

    /** Ends all plays and stops listening. */
    @Override
    public void close() {
        server.close();
    }
}
