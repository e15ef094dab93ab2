package org.camseal.streaming.server;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The tunnels whose GET is there, by the cookie that their POST will name. As many as connections at most. */
final class HttpTunnels {
    /** A tunnel, and the RTSP that is spoken in it. */
    record Open(HttpTunnel tunnel, ServerConnection connection) {}

    private final Map<String, Open> byCookie = new ConcurrentHashMap<>();

    /** False where another tunnel has the cookie. */
    boolean open(String cookie, Open tunnel) {
        return byCookie.putIfAbsent(cookie, tunnel) == null;
    }

    /** The tunnel that a POST belongs to: of the same address, and inside TLS as its GET is, or not as that is not. */
    Optional<Open> find(String cookie, RtspLink post) {
        return Optional.ofNullable(byCookie.get(cookie))
                .filter(open -> open.tunnel().peer().equals(post.peer())
                        && open.tunnel().privacy() == post.privacy());
    }

    void close(String cookie) {
        Open open = byCookie.remove(cookie);
        if (open != null) {
            open.tunnel().close();
        }
    }
}
