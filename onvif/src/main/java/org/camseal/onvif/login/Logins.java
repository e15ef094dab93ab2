package org.camseal.onvif.login;

import java.net.InetAddress;
import java.time.InstantSource;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.camseal.onvif.wire.XmlElement;
import org.camseal.streaming.LegacyDigest;

/**
 * Judges who makes a request: by HTTP Digest, or by a username token where tokens are taken at all. Who shows neither is anonymous. Safe
 * for use by several threads.
 */
public final class Logins {
    private final DigestLogin digest;
    private final TokenLogin token;
    private final UsernameTokens tokens;

    /** Whether username tokens are taken. Even then they count only for accounts that have opted in. */
    public enum UsernameTokens {
        /** As if they were not there: who needs a login is asked for Digest. */
        IGNORED,
        ACCEPTED
    }

    /**
     * @param users the accounts
     * @param legacy whether Digest with MD5 is taken too
     * @param tokens whether username tokens are taken
     * @param clock tells how old nonces and tokens are
     * @param random for nonces; not to be guessed
     */
    public Logins(
            OnvifUsers users, LegacyDigest legacy, UsernameTokens tokens, InstantSource clock, RandomGenerator random) {
        this.digest = new DigestLogin(users, legacy, clock, random);
        this.token = new TokenLogin(users, clock);
        this.tokens = tokens;
    }

    /**
     * Judges one request. A Digest login goes before a token, so that nobody is two.
     *
     * @param asked how it was asked
     * @param security the header block of WS-Security, if there is one
     */
    public LoginOutcome check(Asked asked, Optional<XmlElement> security) {
        if (asked.authorization().isPresent()) {
            return digest.check(asked.authorization().get(), asked);
        }
        if (security.isPresent() && tokens == UsernameTokens.ACCEPTED) {
            return token.check(security.get(), asked.from());
        }
        return new LoginOutcome.Accepted(new Caller.Anonymous());
    }

    /** Asks for a login. */
    public LoginOutcome.Challenged challenge(String reason) {
        return digest.challenge(reason);
    }

    /**
     * How a request was asked.
     *
     * @param path without query
     * @param from the client's address
     * @param authorization the header field of that name
     */
    public record Asked(String method, String path, InetAddress from, Optional<String> authorization) {
        /** Method and path alone. */
        @Override
        public String toString() {
            return method + " " + path;
        }
    }
}
