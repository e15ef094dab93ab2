package org.camseal.authority.log;

import org.camseal.web.Routes;
import org.camseal.web.WebException;
import org.camseal.web.WebRequest;
import org.camseal.web.WebResponse;

/**
 * The log over HTTP, for everybody: {@code /log/checkpoint} and {@code /log/tile/…} (C2SP tlog-tiles). What is served is signed or hashed into
 * what is signed, so plain HTTP does.
 */
public final class LogRoutes {
    /** The log's prefix. */
    public static final String PREFIX = "/log/";

    private static final String TEXT = "text/plain; charset=utf-8";
    private static final String BYTES = "application/octet-stream";
    private static final int DEEPEST = 5; // an index below 10^12, and a width

    private final TransparencyLog log;

    public LogRoutes(TransparencyLog log) {
        this.log = log;
    }

    /** Adds the log's paths. */
    public void add(Routes routes) {
        routes.get(
                PREFIX + LogDirectory.CHECKPOINT,
                _ -> WebResponse.file(TEXT, log.checkpointPath()).withHeader("Cache-Control", "no-cache"));
        StringBuilder pattern = new StringBuilder(PREFIX + TileAddress.PREFIX + "{level}");
        for (int depth = 1; depth <= DEEPEST; depth++) {
            pattern.append("/{part").append(depth).append('}');
            routes.get(pattern.toString(), this::tile);
        }
    }

    private WebResponse tile(WebRequest request) throws WebException.Refused {
        String path = request.path().substring(PREFIX.length());
        TileAddress address = TileAddress.parse(path)
                .orElseThrow(() -> WebException.Refused.notFound("there is no tile of that name"));
        return WebResponse.file(BYTES, log.path(address))
                .withHeader("Cache-Control", "public, max-age=31536000, immutable");
    }
}
