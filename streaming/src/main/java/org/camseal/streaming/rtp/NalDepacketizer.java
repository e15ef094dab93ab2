package org.camseal.streaming.rtp;

import java.util.function.Consumer;
import org.camseal.media.Codec;
import org.camseal.media.NalUnit;
import org.camseal.streaming.ProtocolException;

/** What H.264 and H.265 have in common when their RTP packets become pictures again; the codecs differ in their headers alone. */
abstract sealed class NalDepacketizer implements Depacketizer permits H264Depacketizer, H265Depacketizer {
    // Of a fragment's own header (RFC 6184 section 5.8, RFC 7798 section 4.4.3).
    private static final int START = 0x80;
    private static final int END = 0x40;

    private final PictureAssembler pictures;
    private final int headerBytes;

    /** What a payload is. */
    enum Form {
        SINGLE,
        AGGREGATE,
        FRAGMENT
    }

    NalDepacketizer(Codec codec) {
        this.pictures = new PictureAssembler(codec);
        this.headerBytes = NalUnit.headerLength(codec);
    }

    @Override
    public final void accept(RtpPacket packet, Consumer<Received> sink) throws ProtocolException {
        if (packet.payloadLength() == 0) {
            return; // some senders keep an address translation open with empty packets
        }
        pictures.begin(packet.timestamp(), sink);
        byte[] bytes = packet.bytes();
        int at = packet.payloadOffset();
        int length = packet.payloadLength();
        try {
            switch (form(bytes, at, length)) {
                case SINGLE -> pictures.add(bytes, at, length);
                case AGGREGATE -> Aggregate.addAll(pictures, packet, headerBytes, headerBytes);
                case FRAGMENT -> fragment(bytes, at, length);
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
        if (length < headerBytes + 2) {
            throw tooShort(length);
        }
        int header = bytes[at + headerBytes];
        if ((header & START) != 0) {
            pictures.startFragment(nalHeader(bytes, at, header));
        }
        pictures.addFragment(bytes, at + headerBytes + 1, length - headerBytes - 1);
        if ((header & END) != 0) {
            pictures.endFragment();
        }
    }

    /** @throws ProtocolException for a payload of a type that is not read here, or without a whole header */
    abstract Form form(byte[] bytes, int at, int length) throws ProtocolException;

    /** The header of the NAL unit that was cut, of the payload's and the fragment's. */
    abstract byte[] nalHeader(byte[] bytes, int at, int fragmentHeader);

    /** A fragment without any byte of its NAL unit. */
    abstract ProtocolException tooShort(int length);

    @Override
    public final void lost() {
        pictures.lost();
    }

    @Override
    public final void end(Consumer<Received> sink) {
        pictures.flush(sink);
    }
}
