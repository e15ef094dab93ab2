package org.camseal.web;

import java.io.IOException;
import java.io.OutputStream;

/**
 * Frames in one long answer: {@code kind u8, length u32 big-endian, payload}, as {@code readFrames} of {@code /camseal/play.js} reads them. What the kinds
 * mean is for both ends to say. One thread.
 */
public final class FrameWriter {
    private final OutputStream out;

    /** @param out of the answer's body */
    public FrameWriter(OutputStream out) {
        this.out = out;
    }

    /**
     * Writes a frame; it leaves with the next {@link #flush}, or before.
     *
     * @param kind 0 to 255
     * @throws IOException if the client is gone
     */
    public void write(int kind, byte[] payload) throws IOException {
        if (kind < 0 || kind > 0xff) {
            throw new IllegalArgumentException("kind " + kind + " is not 0 to 255");
        }
        out.write(kind);
        out.write(payload.length >>> 24);
        out.write(payload.length >>> 16);
        out.write(payload.length >>> 8);
        out.write(payload.length);
        out.write(payload);
    }

    /**
     * Writes a frame of JSON.
     *
     * @throws IOException if the client is gone
     */
    public void json(int kind, Object value) throws IOException {
        write(kind, Json.write(value));
    }

    /** Sends what was written. @throws IOException if the client is gone */
    public void flush() throws IOException {
        out.flush();
    }
}
