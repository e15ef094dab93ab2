package org.camseal.streaming.rtp;

import org.camseal.streaming.ProtocolException;

/** What the first bytes of an Opus packet say (RFC 6716 section 3.1). */
final class OpusPacket {
    private static final int MOST_SAMPLES = 5760; // 120 ms, RFC 6716 section 3.2.5

    private OpusPacket() {}

    /** Duration at 48 kHz. */
    static int samples(byte[] packet) throws ProtocolException {
        int toc = packet[0] & 0xff;
        int config = toc >> 3;
        int frame;
        if (config < 12) {
            frame = new int[] {480, 960, 1920, 2880}[config & 3];
        } else if (config < 16) {
            frame = new int[] {480, 960}[config & 1];
        } else {
            frame = 120 << (config & 3);
        }
        int frames = switch (toc & 3) {
            case 0 -> 1;
            case 1, 2 -> 2;
            default -> packet.length < 2 ? 0 : packet[1] & 0x3f;
        };
        if (frames == 0 || frames * frame > MOST_SAMPLES) {
            throw new ProtocolException("Opus packet of " + frames + " frames of " + frame
                    + " samples; 1 frame to 120 ms expected (RFC 6716 section 3.2.5)");
        }
        return frames * frame;
    }
}
