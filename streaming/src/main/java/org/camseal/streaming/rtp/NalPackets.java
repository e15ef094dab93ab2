package org.camseal.streaming.rtp;

import java.util.ArrayList;
import java.util.List;
import org.camseal.media.NalUnit;
import org.camseal.streaming.rtp.RtpPacket.Mark;

/** Collects the payloads of one picture; the last one gets the marker bit (RFC 6184 section 5.1, RFC 7798 section 4.1). */
final class NalPackets {
    private final List<byte[]> payloads = new ArrayList<>();

    void add(byte[] payload) {
        payloads.add(payload);
    }

    /** One NAL unit in fragments of nearly equal size, each behind a header whose last byte carries start, end and type. */
    void addFragments(NalUnit nal, byte[] header, int type) {
        int skipped = NalUnit.headerLength(nal.codec());
        int rest = nal.length() - skipped;
        int room = Packetizer.MAX_PAYLOAD - header.length;
        int fragments = (rest + room - 1) / room;
        int at = skipped;
        for (int i = 0; i < fragments; i++) {
            int size = (nal.length() - at) / (fragments - i);
            byte[] payload = new byte[header.length + size];
            System.arraycopy(header, 0, payload, 0, header.length);
            payload[header.length - 1] = (byte) (type | (i == 0 ? 0x80 : 0) | (i == fragments - 1 ? 0x40 : 0));
            System.arraycopy(nal.bytes(), at, payload, header.length, size);
            payloads.add(payload);
            at += size;
        }
    }

    /** Several NAL units, each behind its length in 16 bits, behind one payload header. */
    void addAggregate(List<NalUnit> nals, byte[] header) {
        byte[] payload = new byte[header.length + aggregatedLength(nals)];
        System.arraycopy(header, 0, payload, 0, header.length);
        int at = header.length;
        for (NalUnit nal : nals) {
            BigEndian.putU16(payload, at, nal.length());
            System.arraycopy(nal.bytes(), 0, payload, at + 2, nal.length());
            at += 2 + nal.length();
        }
        payloads.add(payload);
    }

    private static int aggregatedLength(List<NalUnit> nals) {
        int sum = 0;
        for (NalUnit nal : nals) {
            sum += 2 + nal.length();
        }
        return sum;
    }

    /**
     * The small NAL units from a place on that go together into one payload: delimiter, parameter sets and SEI, not slices. One or none
     * where there is nothing to put together.
     */
    static List<NalUnit> aggregatable(List<NalUnit> nals, int from, int headerLength) {
        int room = Packetizer.MAX_PAYLOAD - headerLength;
        int to = from;
        while (to < nals.size() && !nals.get(to).isSlice() && nals.get(to).length() + 2 <= room) {
            room -= nals.get(to).length() + 2;
            to++;
        }
        return nals.subList(from, to);
    }

    List<RtpPayload> finished() {
        List<RtpPayload> finished = new ArrayList<>(payloads.size());
        for (int i = 0; i < payloads.size(); i++) {
            finished.add(new RtpPayload(payloads.get(i), i == payloads.size() - 1 ? Mark.MARKED : Mark.UNMARKED));
        }
        return List.copyOf(finished);
    }
}
