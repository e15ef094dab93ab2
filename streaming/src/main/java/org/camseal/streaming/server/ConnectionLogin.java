package org.camseal.streaming.server;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.camseal.streaming.LegacyDigest;
import org.camseal.streaming.ProtocolException;
import org.camseal.streaming.rtsp.AuthScheme;
import org.camseal.streaming.rtsp.DigestAlgorithm;
import org.camseal.streaming.rtsp.DigestReply;
import org.camseal.streaming.rtsp.DigestSecret;
import org.camseal.streaming.rtsp.RtspMessage;

/**
 * The logins of one connection (RFC 7616). Its nonce is of this connection alone, so a login that was overheard opens no other; it lasts
 * five minutes, and with qop=auth no nonce count is taken twice.
 */
final class ConnectionLogin {
    private static final long NONCE_NANOS = 300_000_000_000L;

    /** What came of a request's login. */
    sealed interface Outcome {
        /** @param user empty where everyone may look */
        record Accepted(String user, Standing standing) implements Outcome {}

        /**
         * @param challenges for WWW-Authenticate, in this order
         * @param failure why a login was refused; empty where there was none yet, or it only came too late
         */
        record Refused(List<String> challenges, Optional<String> failure) implements Outcome {}
    }

    private enum Freshness {
        FRESH,
        STALE
    }

    private final Authenticator authenticator;
    private final RandomGenerator random;
    private final LongSupplier nanoTime;
    private final String nobody;
    private String nonce = "";
    private long issuedNanos;
    private int lastCount;

    ConnectionLogin(Authenticator authenticator, RandomGenerator random, LongSupplier nanoTime) {
        this.authenticator = authenticator;
        this.random = random;
        this.nanoTime = nanoTime;
        this.nobody = hex();
    }

    private String hex() {
        byte[] bytes = new byte[16];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /** Judges one request. */
    Outcome check(RtspMessage.Request request) {
        return switch (authenticator) {
            case Authenticator.OpenToAll open -> new Outcome.Accepted("", new Standing.OfAnybody());
            case Authenticator.Digest digest -> check(request, digest);
        };
    }

    private Outcome check(RtspMessage.Request request, Authenticator.Digest digest) {
        Optional<String> header = request.headers().first("Authorization");
        if (header.isEmpty()) {
            return refused(digest, Freshness.FRESH, Optional.empty());
        }
        try {
            List<AuthScheme> schemes = AuthScheme.parse(header.get());
            if (schemes.size() != 1 || !schemes.getFirst().name().equals("digest")) {
                return refused(digest, Freshness.FRESH, Optional.of("a login other than by Digest"));
            }
            return check(request, digest, DigestReply.parse(schemes.getFirst()));
        } catch (ProtocolException e) {
            return refused(digest, Freshness.FRESH, Optional.ofNullable(e.getMessage()));
        }
    }

    private Outcome check(RtspMessage.Request request, Authenticator.Digest digest, DigestReply reply) {
        boolean legacy = digest.legacy() == LegacyDigest.MD5;
        if (reply.algorithm() == DigestAlgorithm.MD5 && !legacy) {
            return refused(digest, Freshness.FRESH, Optional.of("a login with MD5, which is not accepted"));
        }
        if (reply.round() == null && reply.algorithm() != DigestAlgorithm.MD5) {
            return refused(digest, Freshness.FRESH, Optional.of("a login with SHA-256 but without qop"));
        }
        long generation = digest.users().generation(reply.user());
        Optional<DigestSecret> secret = digest.users().secret(reply.user(), reply.algorithm());
        // An unknown user takes as long as a wrong password.
        boolean right = reply.isOf(secret.orElseGet(() -> DigestSecret.ofHex(nobody)), request.method())
                && secret.isPresent()
                && reply.realm().equals(digest.realm())
                && reply.uri().equals(request.uri());
        if (!right) {
            return refused(digest, Freshness.FRESH, Optional.of("an unknown user or a wrong password"));
        }
        DigestReply.Round round = reply.round();
        boolean repeated = round != null && round.count() <= lastCount;
        if (!reply.nonce().equals(nonce) || isOld() || repeated) {
            nonce = "";
            return refused(digest, Freshness.STALE, Optional.empty());
        }
        lastCount = round == null ? lastCount : round.count();
        return new Outcome.Accepted(
                reply.user(),
                new Standing.OfUser(digest.users(), reply.user(), reply.algorithm(), secret.get(), generation));
    }

    private boolean isOld() {
        return nanoTime.getAsLong() - issuedNanos > NONCE_NANOS;
    }

    private Outcome.Refused refused(Authenticator.Digest digest, Freshness freshness, Optional<String> failure) {
        if (nonce.isEmpty() || isOld()) {
            nonce = hex();
            issuedNanos = nanoTime.getAsLong();
            lastCount = 0;
        }
        String common = "Digest realm=\"" + digest.realm() + "\", nonce=\"" + nonce + "\"";
        String stale = freshness == Freshness.STALE ? ", stale=true" : "";
        List<String> challenges = new ArrayList<>();
        challenges.add(common + stale + ", algorithm=SHA-256, qop=\"auth\"");
        if (digest.legacy() == LegacyDigest.MD5) {
            // Last, because ffmpeg answers the last one; without qop, because old peers do not know it.
            challenges.add(common + stale + ", algorithm=MD5");
        }
        return new Outcome.Refused(challenges, failure);
    }
}
