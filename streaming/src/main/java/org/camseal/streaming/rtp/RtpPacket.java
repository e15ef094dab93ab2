package org.camseal.streaming.rtp;

import org.camseal.streaming.ProtocolException;

/**
 * One RTP packet as it arrived (RFC 3550 section 5.1): header fields and a view of the payload in the datagram's own array, which is
 * shared and never written to.
 */
public final class RtpPacket {
    /** Bytes of a header without contributing sources and extension. */
    public static final int HEADER_LENGTH = 12;

    /** What {@link #extensionProfile()} is without an extension. */
    public static final int NO_EXTENSION = -1;

    private final byte[] bytes;
    private final int start;
    private final int payloadOffset;
    private final int payloadLength;

    private RtpPacket(byte[] bytes, int start, int payloadOffset, int payloadLength) {
        this.bytes = bytes;
        this.start = start;
        this.payloadOffset = payloadOffset;
        this.payloadLength = payloadLength;
    }

    /**
     * Reads a whole array, which it takes over.
     *
     * @throws ProtocolException where a length field passes the end, or the version is not 2
     */
    public static RtpPacket parse(byte[] datagram) throws ProtocolException {
        return parse(datagram, 0, datagram.length);
    }

    /** As {@link #parse(byte[])}, of a part of an array. */
    public static RtpPacket parse(byte[] datagram, int offset, int length) throws ProtocolException {
        int at = offset + headerLength(datagram, offset, length);
        int end = offset + length;
        if ((datagram[offset] & 0x20) != 0) {
            int padding = at < end ? datagram[end - 1] & 0xff : 0;
            if (padding == 0 || at + padding > end) {
                throw new ProtocolException("RTP padding of " + padding + " bytes in a payload of " + (end - at));
            }
            end -= padding;
        }
        return new RtpPacket(datagram, offset, at, end - at);
    }

    /**
     * Bytes of a packet's header, with contributing sources and extension.
     *
     * @throws ProtocolException where it passes the end, or the version is not 2
     */
    public static int headerLength(byte[] datagram, int offset, int length) throws ProtocolException {
        if (length < HEADER_LENGTH) {
            throw new ProtocolException("RTP packet of " + length + " bytes; its header has 12 (RFC 3550 section 5.1)");
        }
        int first = datagram[offset] & 0xff;
        if (first >> 6 != 2) {
            throw new ProtocolException("RTP version " + (first >> 6) + "; 2 expected (RFC 3550 section 5.1)");
        }
        int header = HEADER_LENGTH + 4 * (first & 0x0f);
        if ((first & 0x10) != 0) {
            if (header + 4 > length) {
                throw new ProtocolException("RTP packet of " + length + " bytes ends inside its header extension");
            }
            header += 4 + 4 * BigEndian.u16(datagram, offset + header + 2);
        }
        if (header > length) {
            throw new ProtocolException("RTP packet of " + length + " bytes ends inside its header");
        }
        return header;
    }

    /** Writes a header of 12 bytes, without contributing sources and extension. */
    public static void writeHeader(
            byte[] to, int offset, int payloadType, Mark mark, int sequence, int timestamp, int ssrc) {
        to[offset] = (byte) 0x80;
        to[offset + 1] = (byte) ((payloadType & 0x7f) | (mark == Mark.MARKED ? 0x80 : 0));
        BigEndian.putU16(to, offset + 2, sequence);
        BigEndian.putU32(to, offset + 4, timestamp);
        BigEndian.putU32(to, offset + 8, ssrc);
    }

    /** The marker bit: for video, whether this is the last packet of an access unit. */
    public enum Mark {
        MARKED,
        UNMARKED
    }

    /** "Defined by profile" of the header extension, 0 to 65535; {@link #NO_EXTENSION} where there is none. */
    public int extensionProfile() {
        return hasExtension() ? BigEndian.u16(bytes, extensionStart()) : NO_EXTENSION;
    }

    /** Where the extension's data begins, behind its own header of four bytes. */
    int extensionOffset() {
        return extensionStart() + 4;
    }

    /** Bytes of the extension's data. */
    int extensionLength() {
        return hasExtension() ? 4 * BigEndian.u16(bytes, extensionStart() + 2) : 0;
    }

    private boolean hasExtension() {
        return (bytes[start] & 0x10) != 0;
    }

    private int extensionStart() {
        return start + HEADER_LENGTH + 4 * (bytes[start] & 0x0f);
    }

    /** 0 to 127. */
    public int payloadType() {
        return bytes[start + 1] & 0x7f;
    }

    public boolean isMarked() {
        return (bytes[start + 1] & 0x80) != 0;
    }

    /** 0 to 65535. */
    public int sequence() {
        return BigEndian.u16(bytes, start + 2);
    }

    /** 32 bits of the track's clock, from a random start. */
    public int timestamp() {
        return BigEndian.i32(bytes, start + 4);
    }

    /** 32 bits that name the sender. */
    public int ssrc() {
        return BigEndian.i32(bytes, start + 8);
    }

    /** The array that holds the payload, from {@link #payloadOffset()} on; shared, never to be written to. */
    public byte[] bytes() {
        return bytes;
    }

    public int payloadOffset() {
        return payloadOffset;
    }

    /** 0 or more. */
    public int payloadLength() {
        return payloadLength;
    }

    @Override
    public String toString() {
        return "RTP packet, payload type " + payloadType() + ", sequence " + sequence() + ", timestamp "
                + Integer.toUnsignedString(timestamp()) + ", " + payloadLength + " bytes";
    }
}
