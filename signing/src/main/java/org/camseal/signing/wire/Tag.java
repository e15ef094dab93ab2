package org.camseal.signing.wire;

import org.jspecify.annotations.Nullable;

/** The tags of the format; each stands before two bytes of length and a value that begins with its version. */
enum Tag {
    GENERAL(1),
    HASH_LIST(2),
    SIGNATURE(3),
    CRYPTO_INFO(4),
    VENDOR_INFO(5),
    CERTIFICATES(6),
    ARBITRARY_DATA(7);

    /** Bytes of tag and length. */
    static final int HEAD_BYTES = 3;

    /** Most bytes of a value. */
    static final int MAX_VALUE_BYTES = 0xffff;

    private final int code;

    Tag(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }

    static @Nullable Tag ofCode(int code) {
        return code >= 1 && code <= values().length ? values()[code - 1] : null;
    }
}
