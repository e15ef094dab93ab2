package org.camseal.onvif.login;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.camseal.streaming.LegacyDigest;
import org.camseal.streaming.ProtocolException;
import org.camseal.streaming.rtsp.AuthScheme;
import org.camseal.streaming.rtsp.DigestAlgorithm;
import org.camseal.streaming.rtsp.DigestReply;
import org.camseal.streaming.rtsp.DigestSecret;

/** Digest logins of HTTP requests (RFC 7616), each on its own: no connection is remembered. */
final class DigestLogin {
    private static final String WRONG = "an unknown user or a wrong password";

    private final OnvifUsers users;
    private final LegacyDigest legacy;
    private final NonceBook nonces;
    private final DigestSecret nobody;

    private enum Freshness {
        FRESH,
        STALE
    }

    DigestLogin(OnvifUsers users, LegacyDigest legacy, InstantSource clock, RandomGenerator random) {
        this.users = users;
        this.legacy = legacy;
        this.nonces = new NonceBook(clock, random);
        byte[] noise = new byte[32];
        random.nextBytes(noise);
        this.nobody = DigestSecret.ofHex(HexFormat.of().formatHex(noise));
    }

    /**
     * Judges the login of one request.
     *
     * @param header the value of Authorization
     * @param asked the request
     */
    LoginOutcome check(String header, Logins.Asked asked) {
        try {
            List<AuthScheme> schemes = AuthScheme.parse(header);
            if (schemes.size() != 1 || !schemes.getFirst().name().equals("digest")) {
                return challenge("a login other than by Digest");
            }
            return check(DigestReply.parse(schemes.getFirst()), asked);
        } catch (ProtocolException e) {
            return challenge(String.valueOf(e.getMessage()));
        }
    }

    private LoginOutcome check(DigestReply reply, Logins.Asked asked) {
        DigestReply.Round round = reply.round();
        if (reply.algorithm() == DigestAlgorithm.MD5 && legacy == LegacyDigest.REFUSED) {
            return challenge("a login with MD5, which is not accepted");
        }
        if (round == null) {
            return challenge("a login without qop=auth");
        }
        if (users.isBarred(reply.user(), asked.from())) {
            return challenge("too many wrong logins of this name: wait a minute");
        }
        Optional<DigestSecret> secret = users.secret(reply.user(), reply.algorithm());
        Optional<Caller.User> user = users.find(reply.user());
        // An unknown user takes as long as a wrong password.
        boolean right = reply.isOf(secret.orElse(nobody), asked.method())
                && secret.isPresent()
                && user.isPresent()
                && reply.realm().equals(users.realm())
                && isOf(reply.uri(), asked.path());
        if (!right) {
            users.failed(reply.user(), asked.from());
            return challenge(WRONG);
        }
        return nonces.take(reply.nonce(), round.count())
                ? new LoginOutcome.Accepted(user.get())
                : new LoginOutcome.Challenged(challenges(Freshness.STALE), "this login was used before or is too old");
    }

    /** The reply is for this path, with or without a query; RFC 7616 section 3.4.6 allows the absolute form. */
    private static boolean isOf(String uri, String path) {
        String relative = uri.replaceFirst("^https?://[^/]*", "");
        int query = relative.indexOf('?');
        return (query < 0 ? relative : relative.substring(0, query)).equals(path);
    }

    /** Asks for a login. */
    LoginOutcome.Challenged challenge(String reason) {
        return new LoginOutcome.Challenged(challenges(Freshness.FRESH), reason);
    }

    private List<String> challenges(Freshness freshness) {
        String common = "Digest realm=\"" + users.realm() + "\", nonce=\"" + nonces.issue() + "\", qop=\"auth\""
                + (freshness == Freshness.STALE ? ", stale=true" : "");
        List<String> challenges = new ArrayList<>();
        challenges.add(common + ", algorithm=SHA-256");
        if (legacy == LegacyDigest.MD5) {
            challenges.add(common + ", algorithm=MD5");
        }
        return challenges;
    }
}
