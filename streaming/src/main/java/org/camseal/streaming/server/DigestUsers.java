package org.camseal.streaming.server;

import java.util.Optional;
import org.camseal.streaming.rtsp.DigestAlgorithm;
import org.camseal.streaming.rtsp.DigestSecret;

/** Who has a login at a server. Asked at each login from the server's threads, so changes count at once; must return soon. */
@FunctionalInterface
public interface DigestUsers {
    /** That user's secret for the server's realm; empty where there is no such user, or nothing is kept for that algorithm. */
    Optional<DigestSecret> secret(String user, DigestAlgorithm algorithm);
}
