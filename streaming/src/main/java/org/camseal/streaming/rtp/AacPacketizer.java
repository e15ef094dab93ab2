package org.camseal.streaming.rtp;

import java.util.ArrayList;
import java.util.List;
import org.camseal.media.AccessUnit;
import org.camseal.media.AudioUnit;
import org.camseal.media.Codec;
import org.camseal.streaming.ProtocolException;
import org.camseal.streaming.rtp.RtpPacket.Mark;

/**
 * AAC in mode AAC-hbr (RFC 3640 section 3.3.6): one frame per packet, or one frame in fragments that all state the whole size.
 */
public final class AacPacketizer implements Packetizer {
    /** What sizeLength=13 can state. */
    static final int MAX_FRAME = 8191;

    private static final int HEADERS = 4; // AU-headers-length (16 bits) and one AU-header (13 bits size, 3 bits index)

    @Override
    public List<RtpPayload> packetize(AccessUnit unit) throws ProtocolException {
        if (!(unit instanceof AudioUnit audio)) {
            throw Packetizer.wrongKind(Codec.AAC, unit);
        }
        byte[] frame = audio.frame();
        if (frame.length == 0 || frame.length > MAX_FRAME) {
            throw new ProtocolException(
                    "AAC frame of " + frame.length + " bytes; 1 to 8191 can be sent (RFC 3640 section 3.3.6)");
        }
        List<RtpPayload> payloads = new ArrayList<>();
        for (int at = 0; at < frame.length; ) {
            int size = Math.min(frame.length - at, MAX_PAYLOAD - HEADERS);
            byte[] payload = new byte[HEADERS + size];
            BigEndian.putU16(payload, 0, 16);
            BigEndian.putU16(payload, 2, frame.length << 3);
            System.arraycopy(frame, at, payload, HEADERS, size);
            at += size;
            payloads.add(new RtpPayload(payload, at == frame.length ? Mark.MARKED : Mark.UNMARKED));
        }
        return List.copyOf(payloads);
    }
}
