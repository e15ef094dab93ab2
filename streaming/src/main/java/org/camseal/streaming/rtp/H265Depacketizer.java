package org.camseal.streaming.rtp;

import org.camseal.media.Codec;
import org.camseal.streaming.ProtocolException;

/** H.265 in transmission order (RFC 7798), without decoding order numbers. */
public final class H265Depacketizer extends NalDepacketizer {
    /** A depacketizer for one track. */
    public H265Depacketizer() {
        super(Codec.H265);
    }

    @Override
    Form form(byte[] bytes, int at, int length) throws ProtocolException {
        int type = bytes[at] >> 1 & 0x3f;
        if (length < 2) {
            throw new ProtocolException("H265 payload of 1 byte; its header has 2 (RFC 7798 section 4.2)");
        } else if (type < H265Packetizer.AP) {
            return Form.SINGLE;
        } else if (type == H265Packetizer.AP) {
            return Form.AGGREGATE;
        } else if (type == H265Packetizer.FU) {
            return Form.FRAGMENT;
        }
        throw new ProtocolException("H265 payload of type " + type + "; 0 to 49 expected (RFC 7798 section 4.4)");
    }

    @Override
    byte[] nalHeader(byte[] bytes, int at, int fragmentHeader) {
        return new byte[] {(byte) ((bytes[at] & 0x81) | ((fragmentHeader & 0x3f) << 1)), bytes[at + 1]};
    }

    @Override
    ProtocolException tooShort(int length) {
        return new ProtocolException("H265 FU of " + length + " bytes; at least 4 expected (RFC 7798 section 4.4.3)");
    }
}
