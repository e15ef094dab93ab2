package org.camseal.web;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * What opens a page on the loopback address to the one who started the program, and not to other users and pages of the same machine:
 * 256 random bits. {@link #toString()} does not show it.
 */
public final class SessionToken {
    private static final int BYTES = 32;

    private final String text;

    private SessionToken(String text) {
        this.text = text;
    }

    public static SessionToken random(SecureRandom random) {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return new SessionToken(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    /** The token itself, for the first address and the authorization header. */
    public String text() {
        return text;
    }

    /** Compares in constant time. */
    boolean matches(String shown) {
        return MessageDigest.isEqual(text.getBytes(StandardCharsets.UTF_8), shown.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String toString() {
        return "session token";
    }
}
