package org.camseal.streaming.tunnel;

import java.util.Optional;

/** The kinds of a WebSocket's frames (RFC 6455 section 5.2). */
enum Opcode {
    CONTINUATION(0),
    TEXT(1),
    BINARY(2),
    CLOSE(8),
    PING(9),
    PONG(10);

    private final int code;

    Opcode(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }

    boolean isControl() {
        return code >= 8;
    }

    /** Empty for those that are reserved. */
    static Optional<Opcode> of(int code) {
        for (Opcode opcode : values()) {
            if (opcode.code == code) {
                return Optional.of(opcode);
            }
        }
        return Optional.empty();
    }
}
