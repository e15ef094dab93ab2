package org.camseal.web;

import java.io.IOException;
import java.io.OutputStream;

/** Writes a body of unknown length. */
@FunctionalInterface
public interface StreamProducer {
    /**
     * Writes until done. {@code out.flush()} sends what was written. A client that is gone shows as an IOException; the server's end
     * interrupts the thread.
     */
    void writeTo(OutputStream out) throws IOException, InterruptedException;
}
