package org.camseal.manifest;

import java.util.Optional;

/** The signature algorithms of format 1, by their COSE numbers (RFC 9053 section 2.1, RFC 8230 section 2). */
public enum CoseAlgorithm {
    /** ECDSA with SHA-256 on P-256. */
    ES256(-7),
    /** ECDSA with SHA-384 on P-384. */
    ES384(-35),
    /** RSASSA-PSS with SHA-256, salt 32 bytes, on RSA keys of 2048 to 4096 bits. */
    PS256(-37);

    private final int code;

    CoseAlgorithm(int code) {
        this.code = code;
    }

    /** The number in a COSE header. */
    public int code() {
        return code;
    }

    /** The algorithm of a COSE number; empty for one that format 1 does not use. */
    public static Optional<CoseAlgorithm> ofCode(long code) {
        for (CoseAlgorithm algorithm : values()) {
            if (algorithm.code == code) {
                return Optional.of(algorithm);
            }
        }
        return Optional.empty();
    }
}
