package org.camseal.streaming.server;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.camseal.streaming.LegacyDigest;
import org.camseal.streaming.Login;
import org.camseal.streaming.rtsp.DigestAlgorithm;
import org.camseal.streaming.rtsp.DigestSecret;

/** Who may look at a server's streams. */
public sealed interface Authenticator {
    /** Everyone who reaches the port, or, where the server asks for client certificates, everyone who has one. */
    record OpenToAll() implements Authenticator {}

    /**
     * Users with a password, by Digest with SHA-256 (RFC 7616).
     *
     * @param realm printable ASCII without double quote and backslash
     * @param users who has a login now; nobody may be one of its answers
     * @param legacy whether MD5 is offered and accepted too
     */
    record Digest(String realm, DigestUsers users, LegacyDigest legacy) implements Authenticator {
        public Digest {
            if (realm.isEmpty() || realm.chars().anyMatch(c -> c < 0x20 || c > 0x7e || c == '"' || c == '\\')) {
                throw new IllegalArgumentException(
                        "a realm is printable ASCII without double quote and backslash, at least one character");
            }
        }
    }

    /** Digest with SHA-256 only. */
    static Authenticator digest(String realm, List<Login> logins) {
        return digest(realm, logins, LegacyDigest.REFUSED);
    }

    /** Digest with SHA-256, and with MD5 where {@code legacy} says so. */
    static Authenticator digest(String realm, List<Login> logins, LegacyDigest legacy) {
        // All are hashed beforehand, so that an answer about a user who is there takes no longer than one about nobody.
        Map<String, Map<DigestAlgorithm, DigestSecret>> byName = new HashMap<>();
        for (Login login : logins) {
            Map<DigestAlgorithm, DigestSecret> secrets = new EnumMap<>(DigestAlgorithm.class);
            for (DigestAlgorithm algorithm : DigestAlgorithm.values()) {
                secrets.put(algorithm, DigestSecret.of(algorithm, login, realm));
            }
            if (byName.put(login.user(), secrets) != null) {
                throw new IllegalArgumentException("two logins of the name " + login.user());
            }
        }
        if (byName.isEmpty()) {
            throw new IllegalArgumentException("no login is given, so nobody could log in");
        }
        DigestUsers users =
                (user, algorithm) -> Optional.ofNullable(byName.get(user)).map(secrets -> secrets.get(algorithm));
        return new Digest(realm, users, legacy);
    }

    /** No login. */
    static Authenticator openToAll() {
        return new OpenToAll();
    }
}
