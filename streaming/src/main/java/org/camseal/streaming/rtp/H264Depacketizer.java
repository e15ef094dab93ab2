package org.camseal.streaming.rtp;

import java.util.function.Consumer;
import org.camseal.media.Codec;
import org.camseal.streaming.ProtocolException;

/** H.264 in packetization modes 0 and 1 (RFC 6184); mode 2, interleaved, is refused. */
public final class H264Depacketizer implements Depacketizer {
    private final PictureAssembler pictures = new PictureAssembler(Codec.H264);

    @Override
    public void accept(RtpPacket packet, Consumer<Received> sink) throws ProtocolException {
        if (packet.payloadLength() == 0) {
            return; // some senders keep an address translation open with empty packets
        }
        pictures.begin(packet.timestamp(), sink);
        byte[] bytes = packet.bytes();
        int at = packet.payloadOffset();
        int length = packet.payloadLength();
        int type = bytes[at] & 0x1f;
        try {
            if (type >= 1 && type <= 23) {
                pictures.add(bytes, at, length);
            } else if (type == H264Packetizer.STAP_A) {
                Aggregate.addAll(pictures, packet, 1, 1);
            } else if (type == H264Packetizer.FU_A) {
                fragment(bytes, at, length);
            } else {
                throw new ProtocolException("H264 payload of type " + type
                        + "; 1 to 23, 24 or 28 expected (RFC 6184 section 5.4): interleaved mode is not supported");
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
        if (length < 3) {
            throw new ProtocolException(
                    "H264 FU-A of " + length + " bytes; at least 3 expected (RFC 6184 section 5.8)");
        }
        int header = bytes[at + 1];
        if ((header & 0x80) != 0) {
            pictures.startFragment(new byte[] {(byte) ((bytes[at] & 0xe0) | (header & 0x1f))});
        }
        pictures.addFragment(bytes, at + 2, length - 2);
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
