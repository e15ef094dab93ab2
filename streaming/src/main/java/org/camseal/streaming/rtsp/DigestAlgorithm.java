package org.camseal.streaming.rtsp;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/** The hash functions of Digest logins (RFC 7616 section 6.1). */
public enum DigestAlgorithm {
    SHA_256("SHA-256"),
    /** For old peers only. */
    MD5("MD5");

    private final String token;

    DigestAlgorithm(String token) {
        this.token = token;
    }

    /** As it stands in a header, and as Java calls it. */
    public String token() {
        return token;
    }

    /** The algorithm of a header's word; MD5 where there is none (RFC 7616 section 3.3). Session variants are not known. */
    public static Optional<DigestAlgorithm> of(Optional<String> word) {
        for (DigestAlgorithm algorithm : values()) {
            if (algorithm.token.equalsIgnoreCase(word.orElse(MD5.token))) {
                return Optional.of(algorithm);
            }
        }
        return Optional.empty();
    }

    /** The hash of a text in UTF-8, in lower case hexadecimal. */
    String hash(String text) {
        try {
            MessageDigest digest = MessageDigest.getInstance(token);
            return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java runtime has no " + token, e);
        }
    }
}
