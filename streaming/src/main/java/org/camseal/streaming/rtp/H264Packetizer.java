package org.camseal.streaming.rtp;

import java.util.List;
import org.camseal.media.Codec;
import org.camseal.media.NalUnit;
import org.camseal.streaming.ProtocolException;

/** H.264 in packetization mode 1 (RFC 6184): single NAL units, STAP-A for small NAL units that are not slices, FU-A. */
public final class H264Packetizer extends NalPacketizer {
    static final int STAP_A = 24; // RFC 6184 section 5.7.1
    static final int FU_A = 28; // RFC 6184 section 5.8

    /** A packetizer for one track. */
    public H264Packetizer() {
        super(Codec.H264);
    }

    @Override
    void check(NalUnit nal) throws ProtocolException {
        if (nal.type() == 0 || nal.type() > 23) {
            throw new ProtocolException(nal + ": RTP uses types 0 and 24 to 31 itself (RFC 6184 section 5.2);"
                    + " remove the NAL unit from the stream");
        }
    }

    /** The forbidden bit if any has it, the highest nal_ref_idc of all (RFC 6184 section 5.7). */
    @Override
    byte[] aggregateHeader(List<NalUnit> nals) {
        int forbidden = 0;
        int importance = 0;
        for (NalUnit nal : nals) {
            forbidden |= nal.bytes()[0] & 0x80;
            importance = Math.max(importance, nal.bytes()[0] & 0x60);
        }
        return new byte[] {(byte) (forbidden | importance | STAP_A)};
    }

    @Override
    byte[] fragmentHeader(NalUnit nal) {
        return new byte[] {(byte) ((nal.bytes()[0] & 0xe0) | FU_A), 0};
    }
}
