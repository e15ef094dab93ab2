package org.camseal.streaming.rtp;

import org.camseal.media.Codec;
import org.camseal.streaming.ProtocolException;

/** H.264 in packetization modes 0 and 1 (RFC 6184); mode 2, interleaved, is refused. */
public final class H264Depacketizer extends NalDepacketizer {
    /** A depacketizer for one track. */
    public H264Depacketizer() {
        super(Codec.H264);
    }

    @Override
    Form form(byte[] bytes, int at, int length) throws ProtocolException {
        int type = bytes[at] & 0x1f;
        if (type >= 1 && type <= 23) {
            return Form.SINGLE;
        } else if (type == H264Packetizer.STAP_A) {
            return Form.AGGREGATE;
        } else if (type == H264Packetizer.FU_A) {
            return Form.FRAGMENT;
        }
        throw new ProtocolException("H264 payload of type " + type
                + "; 1 to 23, 24 or 28 expected (RFC 6184 section 5.4): interleaved mode is not supported");
    }

    @Override
    byte[] nalHeader(byte[] bytes, int at, int fragmentHeader) {
        return new byte[] {(byte) ((bytes[at] & 0xe0) | (fragmentHeader & 0x1f))};
    }

    @Override
    ProtocolException tooShort(int length) {
        return new ProtocolException("H264 FU-A of " + length + " bytes; at least 3 expected (RFC 6184 section 5.8)");
    }
}
