package org.camseal.streaming.rtp;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.camseal.streaming.ProtocolException;

/** AAC as mpeg4-generic (RFC 3640): several frames in a packet, or a frame in several packets; not interleaved. */
public final class AacDepacketizer implements Depacketizer {
    private static final int MAX_FRAME = 65_535;

    private final AacLayout layout;
    private final int frameTicks;
    private byte[] fragment = new byte[0];
    private int expectedLength;
    private int fragmentTimestamp;

    AacDepacketizer(AacLayout layout, AacConfig config, int clockHz) {
        this.layout = layout;
        this.frameTicks = config.frameTicks(clockHz);
    }

    @Override
    public void accept(RtpPacket packet, Consumer<Received> sink) throws ProtocolException {
        if (packet.payloadLength() == 0) {
            return;
        }
        List<Integer> sizes = sizes(packet);
        int headers = 2 + (BigEndian.u16(packet.bytes(), packet.payloadOffset()) + 7) / 8;
        int at = packet.payloadOffset() + headers;
        int end = packet.payloadOffset() + packet.payloadLength();
        if (sizes.size() == 1 && sizes.getFirst() > end - at) { // every fragment states the whole frame's size
            fragment(sizes.getFirst(), packet, at, end, sink);
            return;
        }
        lost();
        int timestamp = packet.timestamp();
        for (int size : sizes) {
            if (size > end - at) {
                throw new ProtocolException("AAC frame of " + size + " bytes, but only " + (end - at)
                        + " are left in the packet (RFC 3640 section 3.2.3)");
            }
            if (size > 0) {
                sink.accept(
                        new Received.Frame(Arrays.copyOfRange(packet.bytes(), at, at + size), timestamp, frameTicks));
            }
            at += size;
            timestamp += frameTicks;
        }
    }

    private List<Integer> sizes(RtpPacket packet) throws ProtocolException {
        if (packet.payloadLength() < 2) {
            throw new ProtocolException("AAC payload of 1 byte has no AU-headers-length (RFC 3640 section 3.2.1)");
        }
        int left = BigEndian.u16(packet.bytes(), packet.payloadOffset());
        if ((left + 7) / 8 > packet.payloadLength() - 2) {
            throw new ProtocolException("AU-headers of " + left + " bits in a payload of " + packet.payloadLength()
                    + " bytes (RFC 3640 section 3.2.1)");
        }
        BitReader bits = new BitReader(packet.bytes(), packet.payloadOffset() + 2, packet.payloadLength() - 2);
        List<Integer> sizes = new ArrayList<>();
        int width = layout.sizeLength() + layout.indexLength();
        while (left >= width) {
            int size = bits.read(layout.sizeLength());
            int index = bits.read(sizes.isEmpty() ? layout.indexLength() : layout.indexDeltaLength());
            if (!sizes.isEmpty() && index != 0) {
                throw new ProtocolException("AU-Index-delta " + index + "; interleaved AAC is not supported");
            }
            sizes.add(size);
            left -= width;
            width = layout.sizeLength() + layout.indexDeltaLength();
        }
        return sizes;
    }

    private void fragment(int size, RtpPacket packet, int at, int end, Consumer<Received> sink)
            throws ProtocolException {
        if (expectedLength != size || fragmentTimestamp != packet.timestamp()) {
            lost();
            if (size > MAX_FRAME) {
                throw new ProtocolException("AAC frame of " + size + " bytes; at most " + MAX_FRAME + " expected");
            }
            expectedLength = size;
            fragmentTimestamp = packet.timestamp();
        }
        int length = end - at;
        if (length > expectedLength - fragment.length) {
            lost();
            throw new ProtocolException("AAC fragments of more bytes than their frame has, " + size);
        }
        fragment = Arrays.copyOf(fragment, fragment.length + length);
        System.arraycopy(packet.bytes(), at, fragment, fragment.length - length, length);
        if (fragment.length == expectedLength) {
            sink.accept(new Received.Frame(fragment, fragmentTimestamp, frameTicks));
            lost();
        }
    }

    @Override
    public void lost() {
        fragment = new byte[0];
        expectedLength = 0;
    }

    @Override
    public void end(Consumer<Received> sink) {
        lost();
    }
}
