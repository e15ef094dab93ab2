package org.camseal.streaming.rtp;

/**
 * What stands in one RTP packet behind its header, made once and sent to every reader. The array is shared and never written to.
 */
public final class RtpPayload {
    private final byte[] bytes;
    private final RtpPacket.Mark mark;

    RtpPayload(byte[] bytes, RtpPacket.Mark mark) {
        this.bytes = bytes;
        this.mark = mark;
    }

    /** Shared, never to be written to. */
    public byte[] bytes() {
        return bytes;
    }

    public int length() {
        return bytes.length;
    }

    /** The marker bit of its packet. */
    public RtpPacket.Mark mark() {
        return mark;
    }
}
