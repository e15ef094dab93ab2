package org.camseal.streaming.rtp;

import java.util.List;
import org.camseal.media.AccessUnit;
import org.camseal.media.Codec;
import org.camseal.media.NalUnit;
import org.camseal.media.VideoUnit;
import org.camseal.streaming.ProtocolException;

/** H.264 in packetization mode 1 (RFC 6184): single NAL units, STAP-A for small NAL units that are not slices, FU-A. */
public final class H264Packetizer implements Packetizer {
    static final int STAP_A = 24; // RFC 6184 section 5.7.1
    static final int FU_A = 28; // RFC 6184 section 5.8

    @Override
    public List<RtpPayload> packetize(AccessUnit unit) throws ProtocolException {
        if (!(unit instanceof VideoUnit picture)) {
            throw Packetizer.wrongKind(Codec.H264, unit);
        }
        NalPackets packets = new NalPackets();
        List<NalUnit> nals = picture.nalUnits();
        for (NalUnit nal : nals) {
            check(nal);
        }
        int at = 0;
        while (at < nals.size()) {
            List<NalUnit> together = NalPackets.aggregatable(nals, at, 1);
            if (together.size() > 1) {
                packets.addAggregate(together, new byte[] {(byte) aggregateHeader(together)});
                at += together.size();
                continue;
            }
            NalUnit nal = nals.get(at++);
            if (nal.length() <= MAX_PAYLOAD) {
                packets.add(nal.bytes());
            } else {
                byte header = (byte) ((nal.bytes()[0] & 0xe0) | FU_A);
                packets.addFragments(nal, new byte[] {header, 0}, nal.type());
            }
        }
        return packets.finished();
    }

    private static void check(NalUnit nal) throws ProtocolException {
        if (nal.codec() != Codec.H264) {
            throw new IllegalArgumentException("an H264 NAL unit expected, not " + nal);
        }
        if (nal.type() == 0 || nal.type() > 23) {
            throw new ProtocolException(nal + ": RTP uses types 0 and 24 to 31 itself (RFC 6184 section 5.2);"
                    + " remove the NAL unit from the stream");
        }
    }

    /** The forbidden bit if any has it, the highest nal_ref_idc of all (RFC 6184 section 5.7). */
    private static int aggregateHeader(List<NalUnit> nals) {
        int forbidden = 0;
        int importance = 0;
        for (NalUnit nal : nals) {
            forbidden |= nal.bytes()[0] & 0x80;
            importance = Math.max(importance, nal.bytes()[0] & 0x60);
        }
        return forbidden | importance | STAP_A;
    }
}
