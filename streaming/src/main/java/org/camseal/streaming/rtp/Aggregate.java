package org.camseal.streaming.rtp;

import org.camseal.streaming.ProtocolException;

/** STAP-A (RFC 6184 section 5.7.1) and AP (RFC 7798 section 4.4.2): NAL units behind lengths of 16 bits. */
final class Aggregate {
    private Aggregate() {}

    /** Adds all NAL units of a packet, or none where a length is wrong. */
    static void addAll(PictureAssembler pictures, RtpPacket packet, int headerLength, int leastLength)
            throws ProtocolException {
        byte[] bytes = packet.bytes();
        int start = packet.payloadOffset() + headerLength;
        int end = packet.payloadOffset() + packet.payloadLength();
        for (int at = start; at < end; at += 2 + BigEndian.u16(bytes, at)) {
            int length = end - at < 2 ? -1 : BigEndian.u16(bytes, at);
            if (length < leastLength || length > end - at - 2) {
                throw new ProtocolException("aggregation packet of " + packet.payloadLength() + " bytes: at byte "
                        + (at - packet.payloadOffset()) + " a NAL unit of " + length + " bytes does not fit");
            }
        }
        for (int at = start; at < end; at += 2 + BigEndian.u16(bytes, at)) {
            pictures.add(bytes, at + 2, BigEndian.u16(bytes, at));
        }
    }
}
