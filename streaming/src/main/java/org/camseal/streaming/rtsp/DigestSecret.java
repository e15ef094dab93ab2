package org.camseal.streaming.rtsp;

import java.util.regex.Pattern;
import org.camseal.streaming.Login;

/**
 * What a Digest login is checked with in place of the password: the hash of user, realm and password (H(A1), RFC 7616 section 3.4.2). Whoever
 * has it can log in to that realm, so it is kept like a password, and not printed.
 */
public final class DigestSecret {
    private static final Pattern HEX = Pattern.compile("[0-9a-f]{32}|[0-9a-f]{64}");

    private final String hex;

    private DigestSecret(String hex) {
        this.hex = hex;
    }

    /** That of a login at a realm. */
    public static DigestSecret of(DigestAlgorithm algorithm, Login login, String realm) {
        return new DigestSecret(algorithm.hash(login.user() + ":" + realm + ":" + login.password()));
    }

    /**
     * One that was kept.
     *
     * @param hex of 16 or 32 bytes, lower case
     * @throws IllegalArgumentException if it is not of that form; the message does not repeat it
     */
    public static DigestSecret ofHex(String hex) {
        if (!HEX.matcher(hex).matches()) {
            throw new IllegalArgumentException("a Digest secret has 32 or 64 hexadecimal digits in lower case");
        }
        return new DigestSecret(hex);
    }

    /** As it is kept; never for a message. */
    public String hex() {
        return hex;
    }

    @Override
    public String toString() {
        return "Digest secret";
    }
}
