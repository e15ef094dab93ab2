package org.camseal.streaming.server;

import org.camseal.streaming.rtsp.DigestAlgorithm;
import org.camseal.streaming.rtsp.DigestSecret;

/** What a login rests on: as long as that is as it was, what the login allowed goes on. */
sealed interface Standing {
    /** Why sessions end that rested on one which holds no more. */
    String FALLEN = "the user was removed, or has another secret, password or role";

    /** Whether it is as it was. */
    boolean holds();

    /** No login was asked for. */
    record OfAnybody() implements Standing {
        @Override
        public boolean holds() {
            return true;
        }
    }

    /**
     * A user's.
     *
     * @param secret that the login was checked with
     * @param generation of the user, read before that
     */
    record OfUser(DigestUsers users, String user, DigestAlgorithm algorithm, DigestSecret secret, long generation)
            implements Standing {
        @Override
        public boolean holds() {
            return users.generation(user) == generation
                    && users.secret(user, algorithm)
                            .filter(now -> now.hex().equals(secret.hex()))
                            .isPresent();
        }
    }
}
