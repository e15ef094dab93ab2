package org.camseal.streaming;

/**
 * A user's name and password. Prints as the name alone.
 *
 * <p>Neither may hold control characters, and a name no colon, double quote or backslash, because a Digest login cannot carry them
 * (RFC 7616 section 3.4).
 */
public final class Login {
    private final String user;
    private final String password;

    /** @throws IllegalArgumentException where a Digest login could not carry them; the message does not repeat the password */
    public Login(String user, String password) {
        if (user.isEmpty() || user.length() > 128 || user.contains(":") || !isCarried(user)) {
            throw new IllegalArgumentException(
                    "a user name has 1 to 128 characters and no colon, double quote, backslash or control character");
        }
        if (password.length() > 256 || password.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("a password has at most 256 characters and no control character");
        }
        this.user = user;
        this.password = password;
    }

    private static boolean isCarried(String text) {
        return text.chars().noneMatch(c -> Character.isISOControl(c) || c == '"' || c == '\\');
    }

    public String user() {
        return user;
    }

    /** The password itself: for computing a login, never for a message. */
    public String password() {
        return password;
    }

    @Override
    public String toString() {
        return "login of " + user;
    }
}
