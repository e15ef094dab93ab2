package org.camseal.streaming.client;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.camseal.streaming.LegacyDigest;
import org.camseal.streaming.Login;
import org.camseal.streaming.ProtocolException;
import org.camseal.streaming.RefusedException;
import org.camseal.streaming.StreamingException;
import org.camseal.streaming.rtsp.AuthScheme;
import org.camseal.streaming.rtsp.DigestAlgorithm;
import org.camseal.streaming.rtsp.DigestReply;
import org.camseal.streaming.rtsp.RtspMessage;
import org.jspecify.annotations.Nullable;

/**
 * Answers a server's challenges: the strongest that is accepted, in the order Digest with SHA-256, Digest with MD5 where
 * {@link LegacyDigest#MD5} allows it, Basic inside TLS.
 */
final class ClientLogin {
    private sealed interface Way {
        record Digest(DigestAlgorithm algorithm, String realm, String nonce, boolean counted) implements Way {}

        record Basic() implements Way {}
    }

    private final RtspRequest request;
    private final RandomGenerator random;
    private @Nullable Way way;
    private int count;

    ClientLogin(RtspRequest request, RandomGenerator random) {
        this.request = request;
        this.random = random;
    }

    /** The Authorization header for a request; empty before the first challenge. */
    synchronized Optional<String> authorization(RtspMessage.Request message) {
        Login login = request.login();
        if (way == null || login == null) {
            return Optional.empty();
        }
        return Optional.of(
                switch (way) {
                    case Way.Basic basic ->
                        "Basic "
                                + Base64.getEncoder()
                                        .encodeToString((login.user() + ":" + login.password())
                                                .getBytes(StandardCharsets.UTF_8));
                    case Way.Digest digest -> {
                        DigestReply.Round round =
                                digest.counted() ? new DigestReply.Round(++count, clientNonce()) : null;
                        yield DigestReply.compute(
                                        digest.algorithm(), login, digest.realm(), digest.nonce(), message, round)
                                .toHeader();
                    }
                });
    }

    private String clientNonce() {
        byte[] bytes = new byte[16];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /**
     * Takes up the challenges of a 401.
     *
     * @throws RefusedException where there is no login to give, the given one was refused, or no challenge is accepted
     */
    synchronized void challenged(RtspMessage.Response response, String where) throws StreamingException {
        Login login = request.login();
        if (login == null) {
            throw new RefusedException(401, where + " asks for a login, and none is given; give a user and a password");
        }
        List<AuthScheme> offered = new ArrayList<>();
        for (String header : response.headers().all("WWW-Authenticate")) {
            offered.addAll(AuthScheme.parse(header));
        }
        boolean stale = offered.stream()
                .anyMatch(scheme -> scheme.parameter("stale").orElse("").equalsIgnoreCase("true"));
        if (way != null && !stale) {
            throw new RefusedException(401, where + " refuses the " + login + "; check user and password");
        }
        way = choose(offered, where);
        count = 0;
    }

    private Way choose(List<AuthScheme> offered, String where) throws StreamingException {
        for (DigestAlgorithm algorithm : DigestAlgorithm.values()) {
            if (algorithm == DigestAlgorithm.MD5 && request.legacyDigest() == LegacyDigest.REFUSED) {
                continue;
            }
            for (AuthScheme scheme : offered) {
                Optional<Way> digest = digest(scheme, algorithm);
                if (digest.isPresent()) {
                    return digest.get();
                }
            }
        }
        if (request.isTls() && offered.stream().anyMatch(scheme -> scheme.name().equals("basic"))) {
            return new Way.Basic();
        }
        throw new RefusedException(
                401,
                where + " offers login by " + describe(offered)
                        + "; accepted are Digest with SHA-256, with MD5 where the legacy digest setting allows it, and Basic"
                        + " inside TLS");
    }

    private static Optional<Way> digest(AuthScheme scheme, DigestAlgorithm algorithm) throws ProtocolException {
        if (!scheme.name().equals("digest")
                || !DigestAlgorithm.of(scheme.parameter("algorithm")).equals(Optional.of(algorithm))) {
            return Optional.empty();
        }
        Optional<String> realm = scheme.parameter("realm");
        Optional<String> nonce = scheme.parameter("nonce");
        if (realm.isEmpty() || nonce.isEmpty()) {
            throw new ProtocolException("Digest challenge without realm or nonce (RFC 7616 section 3.3)");
        }
        boolean counted = List.of(scheme.parameter("qop")
                        .orElse("")
                        .toLowerCase(Locale.ROOT)
                        .split("[ ,]+"))
                .contains("auth");
        if (!counted && algorithm != DigestAlgorithm.MD5) {
            return Optional.empty(); // RFC 7616 section 3.3: qop is required
        }
        return Optional.of(new Way.Digest(algorithm, realm.get(), nonce.get(), counted));
    }

    private static String describe(List<AuthScheme> offered) {
        List<String> names = offered.stream()
                .map(scheme -> scheme.name()
                        + (scheme.name().equals("digest")
                                ? " with " + scheme.parameter("algorithm").orElse("MD5")
                                : ""))
                .map(name -> name.length() > 40 ? name.substring(0, 40) : name)
                .distinct()
                .toList();
        return names.isEmpty() ? "no way at all" : String.join(", ", names);
    }
}
