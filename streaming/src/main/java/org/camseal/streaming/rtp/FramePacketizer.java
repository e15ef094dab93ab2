package org.camseal.streaming.rtp;

import java.util.List;
import org.camseal.media.AccessUnit;
import org.camseal.media.AudioUnit;
import org.camseal.media.Codec;
import org.camseal.streaming.ProtocolException;
import org.camseal.streaming.rtp.RtpPacket.Mark;

/** One frame is one payload: G.711 (RFC 3551 section 4.5.14) and Opus (RFC 7587 section 4.2). */
public final class FramePacketizer implements Packetizer {
    /** Fits one UDP datagram and one interleaved frame, with the RTP header. */
    static final int MAX_FRAME = 65_000;

    private final Codec codec;

    FramePacketizer(Codec codec) {
        this.codec = codec;
    }

    @Override
    public List<RtpPayload> packetize(AccessUnit unit) throws ProtocolException {
        if (!(unit instanceof AudioUnit audio)) {
            throw Packetizer.wrongKind(codec, unit);
        }
        if (audio.frame().length == 0 || audio.frame().length > MAX_FRAME) {
            throw new ProtocolException(codec + " frame of " + audio.frame().length + " bytes; 1 to " + MAX_FRAME
                    + " can be sent as one packet; make the frames shorter");
        }
        return List.of(new RtpPayload(audio.frame(), Mark.UNMARKED));
    }
}
