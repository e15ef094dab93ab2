package org.camseal.streaming.server;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.camseal.streaming.LegacyDigest;
import org.camseal.streaming.Login;

/** Who may look at a server's streams. */
public sealed interface Authenticator {
    /** Everyone who reaches the port, or, where the server asks for client certificates, everyone who has one. */
    record OpenToAll() implements Authenticator {}

    /**
     * Users with a password, by Digest with SHA-256 (RFC 7616).
     *
     * @param realm printable ASCII without double quote and backslash
     * @param passwords by user name; never printed
     * @param legacy whether MD5 is offered and accepted too
     */
    record Digest(String realm, Map<String, Login> passwords, LegacyDigest legacy) implements Authenticator {
        public Digest {
            passwords = Map.copyOf(passwords);
            if (realm.isEmpty() || realm.chars().anyMatch(c -> c < 0x20 || c > 0x7e || c == '"' || c == '\\')) {
                throw new IllegalArgumentException(
                        "a realm is printable ASCII without double quote and backslash, at least one character");
            }
            if (passwords.isEmpty()) {
                throw new IllegalArgumentException("no login is given, so nobody could log in");
            }
        }
    }

    /** Digest with SHA-256 only. */
    static Authenticator digest(String realm, List<Login> logins) {
        return digest(realm, logins, LegacyDigest.REFUSED);
    }

    /** Digest with SHA-256, and with MD5 where {@code legacy} says so. */
    static Authenticator digest(String realm, List<Login> logins, LegacyDigest legacy) {
        Map<String, Login> byName = new HashMap<>();
        for (Login login : logins) {
            if (byName.put(login.user(), login) != null) {
                throw new IllegalArgumentException("two logins of the name " + login.user());
            }
        }
        return new Digest(realm, byName, legacy);
    }

    /** No login. */
    static Authenticator openToAll() {
        return new OpenToAll();
    }
}
