package org.camseal.streaming.server;

import java.util.Optional;
import org.camseal.streaming.rtsp.DigestAlgorithm;
import org.camseal.streaming.rtsp.DigestSecret;

/**
 * Who has a login at a server. Asked at each login and a few times a second for each session, from the server's threads; must return soon. A
 * change counts for logins at once, and within a second for sessions and connections: those of a user who is not there any more, or has
 * another secret or generation than at the login, end.
 */
@FunctionalInterface
public interface DigestUsers {
    /** That user's secret for the server's realm; empty where there is no such user, or nothing is kept for that algorithm. */
    Optional<DigestSecret> secret(String user, DigestAlgorithm algorithm);

    /** Changes whenever what that user was allowed before counts no more, though the secret may have stayed; 0 where that never happens. */
    default long generation(String user) {
        return 0;
    }
}
