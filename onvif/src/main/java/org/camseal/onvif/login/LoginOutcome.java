package org.camseal.onvif.login;

import java.util.List;

/** What came of a request's login. */
public sealed interface LoginOutcome {
    /** Nobody tried to log in, or somebody did and is who they say. */
    record Accepted(Caller caller) implements LoginOutcome {}

    /**
     * A Digest login was wrong or too late, or one is needed.
     *
     * @param challenges for WWW-Authenticate, the strongest first
     * @param reason for the fault; says nothing of which part was wrong
     */
    record Challenged(List<String> challenges, String reason) implements LoginOutcome {
        public Challenged {
            challenges = List.copyOf(challenges);
        }
    }

    /** A username token was wrong. */
    record TokenRefused(String reason) implements LoginOutcome {}
}
