package org.camseal.streaming.sdp;

import java.nio.charset.StandardCharsets;

/** The identification header that containers want of Opus (RFC 7845 section 5.1), which RTP does not carry. */
final class OpusHead {
    private OpusHead() {}

    /** For one or two channels at 48 kHz, without pre-skip: RTP does not say how much an encoder put in front. */
    static byte[] of(int channels) {
        byte[] head = new byte[19];
        System.arraycopy("OpusHead".getBytes(StandardCharsets.US_ASCII), 0, head, 0, 8);
        head[8] = 1; // version
        head[9] = (byte) channels;
        head[12] = (byte) 0x80; // 48 000 = 0x0000BB80, little endian
        head[13] = (byte) 0xbb;
        return head;
    }
}
