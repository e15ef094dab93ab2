package org.camseal.manifest;

import java.util.Optional;

/** The cipher inside a package; its code is the package's last byte and never 0. */
public enum Suite {
    /** AES-256-GCM. */
    AES_256_GCM(1),
    /** ChaCha20-Poly1305 (RFC 8439). */
    CHACHA20_POLY1305(2);

    private final int code;

    Suite(int code) {
        this.code = code;
    }

    /** The byte that stands in the package. */
    public int code() {
        return code;
    }

    /** The suite of a package's last byte; empty for a byte that format 1 does not know. */
    public static Optional<Suite> ofCode(int code) {
        for (Suite suite : values()) {
            if (suite.code == code) {
                return Optional.of(suite);
            }
        }
        return Optional.empty();
    }
}
