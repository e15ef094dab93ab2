package org.camseal.streaming.rtp;

import java.util.List;
import org.camseal.media.AccessUnit;
import org.camseal.media.Codec;
import org.camseal.media.NalUnit;
import org.camseal.media.VideoUnit;
import org.camseal.streaming.ProtocolException;

/**
 * What H.264 and H.265 have in common in RTP: NAL units that fit stand alone, small ones that are not slices stand together, long ones are cut. The
 * codecs differ in their headers alone.
 */
abstract sealed class NalPacketizer implements Packetizer permits H264Packetizer, H265Packetizer {
    private final Codec codec;

    NalPacketizer(Codec codec) {
        this.codec = codec;
    }

    @Override
    public final List<RtpPayload> packetize(AccessUnit unit) throws ProtocolException {
        if (!(unit instanceof VideoUnit picture)) {
            throw Packetizer.wrongKind(codec, unit);
        }
        List<NalUnit> nals = picture.nalUnits();
        for (NalUnit nal : nals) {
            if (nal.codec() != codec) {
                throw new IllegalArgumentException("an " + codec + " NAL unit expected, not " + nal);
            }
            check(nal);
        }
        NalPackets packets = new NalPackets();
        int at = 0;
        while (at < nals.size()) {
            List<NalUnit> together = NalPackets.aggregatable(nals, at, NalUnit.headerLength(codec));
            if (together.size() > 1) {
                packets.addAggregate(together, aggregateHeader(together));
                at += together.size();
                continue;
            }
            NalUnit nal = nals.get(at++);
            if (nal.length() <= MAX_PAYLOAD) {
                packets.add(nal.bytes());
            } else {
                packets.addFragments(nal, fragmentHeader(nal), nal.type());
            }
        }
        return packets.finished();
    }

    /** @throws ProtocolException for a type that RTP uses for itself */
    abstract void check(NalUnit nal) throws ProtocolException;

    /** The payload header in front of several NAL units. */
    abstract byte[] aggregateHeader(List<NalUnit> nals);

    /** The payload header in front of a fragment, and a zero byte for the fragment's own header. */
    abstract byte[] fragmentHeader(NalUnit nal);
}
