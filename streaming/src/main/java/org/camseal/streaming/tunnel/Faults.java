package org.camseal.streaming.tunnel;

import java.io.IOException;
import org.camseal.streaming.ProtocolException;

/** Carries the module's own exception through a stream, which may throw {@link IOException} alone; its cause is that exception. */
final class Faults {
    private Faults() {}

    static IOException broken(String message) {
        return new IOException(message, new ProtocolException(message));
    }
}
