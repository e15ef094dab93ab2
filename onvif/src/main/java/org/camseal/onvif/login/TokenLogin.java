package org.camseal.onvif.login;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.camseal.onvif.wire.Namespaces;
import org.camseal.onvif.wire.XmlElement;

/**
 * The username token of WS-Security (UsernameToken Profile 1.0): the digest of nonce, time and password. Each token counts once, and only
 * near its time. Safe for use by several threads.
 */
final class TokenLogin {
    /** How far a token's time may be from ours. */
    static final Duration SKEW = Duration.ofMinutes(5);

    /** Tokens that are remembered; when so many are in force no more are taken. */
    static final int MOST_REMEMBERED = 10_000;

    private static final String DIGEST_TYPE_END = "#PasswordDigest";
    private static final int MAX_NONCE = 64;
    private static final int MAX_TEXT = 256;
    private static final LoginOutcome WRONG = new LoginOutcome.TokenRefused("an unknown user or a wrong password");

    private final OnvifUsers users;
    private final InstantSource clock;
    private final Map<String, Instant> remembered = new HashMap<>();

    TokenLogin(OnvifUsers users, InstantSource clock) {
        this.users = users;
        this.clock = clock;
    }

    private record Token(String user, String digest, String nonce, String created, Instant at) {}

    /**
     * Judges a token.
     *
     * @param security the header block
     */
    LoginOutcome check(XmlElement security, InetAddress from) {
        XmlElement shown =
                security.child(Namespaces.WS_SECURITY, "UsernameToken").orElse(null);
        if (shown == null) {
            return new LoginOutcome.TokenRefused("a WS-Security header without a UsernameToken");
        }
        Optional<Token> token = read(shown);
        return token.isPresent()
                ? check(token.get(), from)
                : new LoginOutcome.TokenRefused(
                        "a UsernameToken is read with Username, Password of the type PasswordDigest, Nonce and Created");
    }

    private static Optional<Token> read(XmlElement shown) {
        XmlElement password = shown.child(Namespaces.WS_SECURITY, "Password").orElse(null);
        Optional<String> user = shown.textOf(Namespaces.WS_SECURITY, "Username");
        Optional<String> nonce = shown.textOf(Namespaces.WS_SECURITY, "Nonce");
        Optional<String> created = shown.textOf(Namespaces.WS_UTILITY, "Created");
        if (password == null || user.isEmpty() || nonce.isEmpty() || created.isEmpty()) {
            return Optional.empty();
        }
        boolean digest = password.attribute("Type").orElse("").endsWith(DIGEST_TYPE_END);
        boolean small = user.get().length() <= MAX_TEXT
                && nonce.get().length() <= MAX_TEXT
                && created.get().length() <= MAX_TEXT;
        if (!digest || !small) {
            return Optional.empty();
        }
        try {
            Instant at = OffsetDateTime.parse(created.get()).toInstant();
            return Optional.of(new Token(user.get(), password.text(), nonce.get(), created.get(), at));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    private LoginOutcome check(Token token, InetAddress from) {
        Instant now = clock.instant();
        if (Duration.between(token.at(), now).abs().compareTo(SKEW) > 0) {
            return new LoginOutcome.TokenRefused("the token's time is more than " + SKEW.toMinutes()
                    + " minutes from this camera's: ask for GetSystemDateAndTime");
        }
        if (users.isBarred(token.user(), from)) {
            return new LoginOutcome.TokenRefused("too many wrong logins of this name: wait a minute");
        }
        Optional<Caller.User> user = users.find(token.user());
        Optional<String> password = users.tokenPassword(token.user());
        byte[] nonce;
        try {
            nonce = Base64.getDecoder().decode(token.nonce());
        } catch (IllegalArgumentException e) {
            return WRONG;
        }
        if (nonce.length == 0 || nonce.length > MAX_NONCE) {
            return WRONG;
        }
        byte[] expected = digest(nonce, token.created(), password.orElse(""));
        boolean right = MessageDigest.isEqual(expected, token.digest().getBytes(StandardCharsets.UTF_8))
                && user.isPresent()
                && password.isPresent();
        if (!right) {
            users.failed(token.user(), from);
            return WRONG;
        }
        return remember(token, now)
                ? new LoginOutcome.Accepted(user.get())
                : new LoginOutcome.TokenRefused("this token was used before, or too many are in force");
    }

    /** Base64 of SHA-1 over nonce, time and password, as the profile has it; collisions of SHA-1 do not help to guess a password. */
    private static byte[] digest(byte[] nonce, String created, String password) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-1");
            digest.update(nonce);
            digest.update(created.getBytes(StandardCharsets.UTF_8));
            digest.update(password.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encode(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java runtime has no SHA-1", e);
        }
    }

    private synchronized boolean remember(Token token, Instant now) {
        // One who writes the same nonce in another way has another digest to make, so the digest names the token.
        String name = token.user() + '\n' + token.digest();
        if (remembered.size() >= MOST_REMEMBERED) {
            remembered.values().removeIf(until -> until.isBefore(now));
        }
        Instant known = remembered.get(name);
        if (known != null || remembered.size() >= MOST_REMEMBERED) {
            return false;
        }
        remembered.put(name, token.at().plus(SKEW).plusSeconds(1));
        return true;
    }
}
