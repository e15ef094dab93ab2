package org.camseal.streaming.rtp;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.camseal.streaming.ProtocolException;
import org.camseal.streaming.rtp.Rtcp.FullIntraRequest.Entry;
import org.camseal.streaming.rtp.Rtcp.ReportBlock;

/** Compound RTCP packets and their bytes (RFC 3550 sections 6.1 to 6.6), with the requests of a key picture (RFC 4585, RFC 5104). */
public final class RtcpCodec {
    private static final int SR = 200;
    private static final int RR = 201;
    private static final int SDES = 202;
    private static final int BYE = 203;
    private static final int CNAME = 1;
    private static final int BLOCK = 24;
    private static final int PAYLOAD_FEEDBACK = 206; // RFC 4585 section 6.1
    private static final int PICTURE_LOSS = 1;
    private static final int FULL_INTRA = 4; // RFC 5104 section 4.3.1
    private static final int FEEDBACK = 12;
    private static final int INTRA_ENTRY = 8;

    private RtcpCodec() {}

    /**
     * The packets of a compound packet, in order; packets of types not known here are passed over.
     *
     * @throws ProtocolException where a length passes the end or the version is not 2
     */
    public static List<Rtcp> parse(byte[] compound) throws ProtocolException {
        List<Rtcp> packets = new ArrayList<>();
        for (int at = 0; at < compound.length; ) {
            if (compound.length - at < 4) {
                throw new ProtocolException("RTCP: " + (compound.length - at) + " bytes behind the last packet");
            }
            int length = 4 + 4 * BigEndian.u16(compound, at + 2);
            if ((compound[at] & 0xc0) != 0x80) {
                throw new ProtocolException("RTCP version " + (compound[at] >> 6 & 3) + "; 2 expected, at byte " + at);
            }
            if (length > compound.length - at) {
                throw new ProtocolException("RTCP packet at byte " + at + " has " + length + " bytes, but only "
                        + (compound.length - at) + " are there (RFC 3550 section 6.4.1)");
            }
            parseOne(compound, at, length, packets);
            at += length;
        }
        return packets;
    }

    private static void parseOne(byte[] from, int at, int length, List<Rtcp> to) throws ProtocolException {
        int count = from[at] & 0x1f;
        switch (from[at + 1] & 0xff) {
            case SR -> {
                need(28 + count * BLOCK, length, "sender report");
                to.add(new Rtcp.SenderReport(
                        BigEndian.i32(from, at + 4),
                        new NtpTime(BigEndian.u32(from, at + 8) << 32 | BigEndian.u32(from, at + 12)),
                        BigEndian.i32(from, at + 16),
                        BigEndian.i32(from, at + 20),
                        BigEndian.i32(from, at + 24),
                        blocks(from, at + 28, count)));
            }
            case RR -> {
                need(8 + count * BLOCK, length, "receiver report");
                to.add(new Rtcp.ReceiverReport(BigEndian.i32(from, at + 4), blocks(from, at + 8, count)));
            }
            case SDES -> parseNames(from, at + 4, at + length, count, to);
            case BYE -> {
                need(4 + count * 4, length, "goodbye");
                List<Integer> ssrcs = new ArrayList<>(count);
                for (int i = 0; i < count; i++) {
                    ssrcs.add(BigEndian.i32(from, at + 4 + 4 * i));
                }
                to.add(new Rtcp.Bye(ssrcs));
            }
            case PAYLOAD_FEEDBACK -> parseFeedback(from, at, length, count, to);
            default -> {
                // Application packets and transport feedback (RFC 4585) ask nothing of us that we could do.
            }
        }
    }

    /** {@code format} is what other packets have for their count (RFC 4585 section 6.1). */
    private static void parseFeedback(byte[] from, int at, int length, int format, List<Rtcp> to)
            throws ProtocolException {
        need(FEEDBACK, length, "feedback");
        int ssrc = BigEndian.i32(from, at + 4);
        if (format == PICTURE_LOSS) {
            to.add(new Rtcp.PictureLoss(ssrc, BigEndian.i32(from, at + 8)));
        } else if (format == FULL_INTRA) {
            List<Entry> entries = new ArrayList<>();
            for (int entry = at + FEEDBACK; entry + INTRA_ENTRY <= at + length; entry += INTRA_ENTRY) {
                entries.add(new Entry(BigEndian.i32(from, entry), from[entry + 4] & 0xff));
            }
            to.add(new Rtcp.FullIntraRequest(ssrc, entries));
        }
    }

    private static void need(int needed, int length, String what) throws ProtocolException {
        if (length < needed) {
            throw new ProtocolException("RTCP " + what + " of " + length + " bytes; " + needed + " expected");
        }
    }

    private static List<ReportBlock> blocks(byte[] from, int start, int count) {
        List<ReportBlock> blocks = new ArrayList<>(count);
        for (int at = start; at < start + count * BLOCK; at += BLOCK) {
            blocks.add(new ReportBlock(
                    BigEndian.i32(from, at),
                    from[at + 4] & 0xff,
                    BigEndian.u24(from, at + 5) << 8 >> 8,
                    BigEndian.i32(from, at + 8),
                    BigEndian.i32(from, at + 12),
                    BigEndian.i32(from, at + 16),
                    BigEndian.i32(from, at + 20)));
        }
        return blocks;
    }

    private static void parseNames(byte[] from, int start, int end, int chunks, List<Rtcp> to)
            throws ProtocolException {
        int at = start;
        for (int i = 0; i < chunks; i++) {
            need(4, end - at, "source description");
            int ssrc = BigEndian.i32(from, at);
            at += 4;
            while (at < end && from[at] != 0) {
                need(2, end - at, "source description item");
                int length = from[at + 1] & 0xff;
                need(2 + length, end - at, "source description item");
                if (from[at] == CNAME) {
                    to.add(new Rtcp.SourceName(ssrc, new String(from, at + 2, length, StandardCharsets.UTF_8)));
                }
                at += 2 + length;
            }
            at += 4 - (at - start) % 4; // one to four zeros end a chunk (section 6.5)
        }
    }

    /** The bytes of a compound packet. At most 31 blocks or sources in a packet, names of at most 255 bytes. */
    public static byte[] write(List<Rtcp> packets) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (Rtcp packet : packets) {
            out.writeBytes(
                    switch (packet) {
                        case Rtcp.SenderReport report -> senderReport(report);
                        case Rtcp.ReceiverReport report -> receiverReport(report);
                        case Rtcp.SourceName name -> sourceName(name);
                        case Rtcp.Bye bye -> bye(bye);
                        case Rtcp.PictureLoss loss -> feedback(PICTURE_LOSS, loss.ssrc(), loss.of(), List.of());
                        case Rtcp.FullIntraRequest request ->
                            feedback(FULL_INTRA, request.ssrc(), 0, request.entries());
                    });
        }
        return out.toByteArray();
    }

    private static byte[] packet(int type, int count, int length) {
        if (count > 31) {
            throw new IllegalArgumentException(count + " entries in one RTCP packet; at most 31");
        }
        byte[] packet = new byte[length];
        packet[0] = (byte) (0x80 | count);
        packet[1] = (byte) type;
        BigEndian.putU16(packet, 2, length / 4 - 1);
        return packet;
    }

    private static byte[] senderReport(Rtcp.SenderReport report) {
        byte[] packet =
                packet(SR, report.blocks().size(), 28 + BLOCK * report.blocks().size());
        BigEndian.putU32(packet, 4, report.ssrc());
        BigEndian.putU32(packet, 8, (int) (report.ntp().bits() >>> 32));
        BigEndian.putU32(packet, 12, (int) report.ntp().bits());
        BigEndian.putU32(packet, 16, report.rtpTimestamp());
        BigEndian.putU32(packet, 20, report.packets());
        BigEndian.putU32(packet, 24, report.octets());
        writeBlocks(report.blocks(), packet, 28);
        return packet;
    }

    private static byte[] receiverReport(Rtcp.ReceiverReport report) {
        byte[] packet =
                packet(RR, report.blocks().size(), 8 + BLOCK * report.blocks().size());
        BigEndian.putU32(packet, 4, report.ssrc());
        writeBlocks(report.blocks(), packet, 8);
        return packet;
    }

    private static void writeBlocks(List<ReportBlock> blocks, byte[] to, int start) {
        int at = start;
        for (ReportBlock block : blocks) {
            BigEndian.putU32(to, at, block.ssrc());
            to[at + 4] = (byte) block.fractionLost();
            BigEndian.putU24(to, at + 5, block.lost());
            BigEndian.putU32(to, at + 8, block.highestSequence());
            BigEndian.putU32(to, at + 12, block.jitter());
            BigEndian.putU32(to, at + 16, block.lastSenderReport());
            BigEndian.putU32(to, at + 20, block.sinceSenderReport());
            at += BLOCK;
        }
    }

    private static byte[] sourceName(Rtcp.SourceName name) {
        byte[] text = name.cname().getBytes(StandardCharsets.UTF_8);
        if (text.length > 255) {
            throw new IllegalArgumentException("a name of " + text.length + " bytes; at most 255");
        }
        byte[] packet = packet(SDES, 1, 4 + (4 + 2 + text.length + 4) / 4 * 4);
        BigEndian.putU32(packet, 4, name.ssrc());
        packet[8] = CNAME;
        packet[9] = (byte) text.length;
        System.arraycopy(text, 0, packet, 10, text.length);
        return packet;
    }

    private static byte[] feedback(int format, int ssrc, int of, List<Entry> entries) {
        byte[] packet = packet(PAYLOAD_FEEDBACK, format, FEEDBACK + INTRA_ENTRY * entries.size());
        BigEndian.putU32(packet, 4, ssrc);
        BigEndian.putU32(packet, 8, of);
        for (int i = 0; i < entries.size(); i++) {
            int at = FEEDBACK + INTRA_ENTRY * i;
            BigEndian.putU32(packet, at, entries.get(i).of());
            packet[at + 4] = (byte) entries.get(i).number();
        }
        return packet;
    }

    private static byte[] bye(Rtcp.Bye bye) {
        byte[] packet = packet(BYE, bye.ssrcs().size(), 4 + 4 * bye.ssrcs().size());
        for (int i = 0; i < bye.ssrcs().size(); i++) {
            BigEndian.putU32(packet, 4 + 4 * i, bye.ssrcs().get(i));
        }
        return packet;
    }
}
