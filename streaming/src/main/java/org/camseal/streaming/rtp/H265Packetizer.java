package org.camseal.streaming.rtp;

import java.util.List;
import org.camseal.media.Codec;
import org.camseal.media.NalUnit;
import org.camseal.streaming.ProtocolException;

/** H.265 in transmission order (RFC 7798): single NAL units, aggregation packets for small ones that are not slices, FU. */
public final class H265Packetizer extends NalPacketizer {
    static final int AP = 48; // RFC 7798 section 4.4.2
    static final int FU = 49; // RFC 7798 section 4.4.3

    /** A packetizer for one track. */
    public H265Packetizer() {
        super(Codec.H265);
    }

    @Override
    void check(NalUnit nal) throws ProtocolException {
        if (nal.type() > 47) {
            throw new ProtocolException(nal + ": RTP uses types 48 to 63 itself (RFC 7798 section 1.1.4);"
                    + " remove the NAL unit from the stream");
        }
    }

    /** The forbidden bit if any has it, the lowest layer and the lowest temporal id of all (RFC 7798 section 4.4.2). */
    @Override
    byte[] aggregateHeader(List<NalUnit> nals) {
        int forbidden = 0;
        int layer = 63;
        int temporal = 7;
        for (NalUnit nal : nals) {
            int header = BigEndian.u16(nal.bytes(), 0);
            forbidden |= header & 0x8000;
            layer = Math.min(layer, header >> 3 & 0x3f);
            temporal = Math.min(temporal, header & 0x07);
        }
        int header = forbidden | AP << 9 | layer << 3 | temporal;
        return new byte[] {(byte) (header >> 8), (byte) header};
    }

    @Override
    byte[] fragmentHeader(NalUnit nal) {
        return new byte[] {(byte) ((nal.bytes()[0] & 0x81) | (FU << 1)), nal.bytes()[1], 0};
    }
}
