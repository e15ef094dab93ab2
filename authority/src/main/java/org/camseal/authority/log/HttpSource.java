package org.camseal.authority.log;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.camseal.authority.AuthorityException;
import org.camseal.web.WebClient;
import org.camseal.web.WebException;

/** A log on a server, over kept-alive HTTP or HTTPS. What it says is signed, so it need not be trusted. */
public final class HttpSource implements LogSource, AutoCloseable {
    private static final int NOT_FOUND = 404;
    private static final int TOO_MANY = 429;
    private static final int MOST_ASKED = 60;
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final URI prefix;
    private final WebClient client;

    /**
     * @param prefix the log's: scheme, host, port, path, and a slash at the end
     * @param tls whose servers are trusted, for https; needed there
     */
    public HttpSource(URI prefix, Optional<SSLContext> tls) {
        this.prefix = prefix;
        this.client = new WebClient(prefix, tls, Optional.empty(), WebClient.Limits.USUAL);
    }

    @Override
    public Optional<byte[]> read(String path, int maxBytes) throws AuthorityException.Peer {
        try (InputStream in = patient(path)) {
            byte[] bytes = in.readNBytes(maxBytes + 1);
            if (bytes.length > maxBytes) {
                throw new AuthorityException.Peer(prefix + path + " is larger than " + maxBytes + " bytes");
            }
            return Optional.of(bytes);
        } catch (WebException.Answered e) {
            if (e.status() == NOT_FOUND) {
                return Optional.empty();
            }
            throw new AuthorityException.Peer(prefix + path + ": " + e.message(), e);
        } catch (WebException | IOException e) {
            throw new AuthorityException.Peer(prefix + path + ": " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AuthorityException.Peer(prefix + path + ": interrupted", e);
        }
    }

    /** Who reads a whole log quickly is told to slow down. */
    private InputStream patient(String path) throws WebException, InterruptedException {
        for (int asked = 1; true; asked++) {
            try {
                return client.stream(path);
            } catch (WebException.Answered e) {
                if (e.status() != TOO_MANY || asked == MOST_ASKED) {
                    throw e;
                }
                Thread.sleep(PAUSE);
            }
        }
    }

    @Override
    public void close() {
        client.close();
    }

    @Override
    public String toString() {
        return prefix.toString();
    }
}
