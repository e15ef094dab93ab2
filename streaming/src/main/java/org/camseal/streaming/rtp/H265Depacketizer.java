package org.camseal.streaming.rtp;

import java.util.function.Consumer;
import org.camseal.media.Codec;
import org.camseal.streaming.ProtocolException;

/** H.265 in transmission order (RFC 7798), without decoding order numbers. */
public final class H265Depacketizer implements Depacketizer {
    private final PictureAssembler pictures = new PictureAssembler(Codec.H265);

    @Override
    public void accept(RtpPacket packet, Consumer<Received> sink) throws ProtocolException {
        if (packet.payloadLength() == 0) {
            return; // some senders keep an address translation open with empty packets
        }
        pictures.begin(packet.timestamp(), sink);
        byte[] bytes = packet.bytes();
        int at = packet.payloadOffset();
        int length = packet.payloadLength();
        int type = bytes[at] >> 1 & 0x3f;
        try {
            if (length < 2) {
                throw new ProtocolException("H265 payload of 1 byte; its header has 2 (RFC 7798 section 4.2)");
            } else if (type < H265Packetizer.AP) {
                pictures.add(bytes, at, length);
            } else if (type == H265Packetizer.AP) {
                Aggregate.addAll(pictures, packet, 2, 2);
            } else if (type == H265Packetizer.FU) {
                fragment(bytes, at, length);
            } else {
                throw new ProtocolException(
                        "H265 payload of type " + type + "; 0 to 49 expected (RFC 7798 section 4.4)");
            }
        } catch (ProtocolException e) {
            pictures.lost();
            throw e;
        }
        if (packet.isMarked()) {
            pictures.marked(sink);
        }
    }

    private void fragment(byte[] bytes, int at, int length) throws ProtocolException {
        if (length < 4) {
            throw new ProtocolException(
                    "H265 FU of " + length + " bytes; at least 4 expected (RFC 7798 section 4.4.3)");
        }
        int header = bytes[at + 2];
        if ((header & 0x80) != 0) {
            pictures.startFragment(new byte[] {(byte) ((bytes[at] & 0x81) | ((header & 0x3f) << 1)), bytes[at + 1]});
        }
        pictures.addFragment(bytes, at + 3, length - 3);
        if ((header & 0x40) != 0) {
            pictures.endFragment();
        }
    }

    @Override
    public void lost() {
        pictures.lost();
    }

    @Override
    public void end(Consumer<Received> sink) {
        pictures.flush(sink);
    }
}
