package org.camseal.streaming.srtp;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.camseal.streaming.rtp.NtpTime;
import org.camseal.streaming.rtp.Rtcp;
import org.camseal.streaming.rtp.RtcpCodec;
import org.camseal.streaming.rtp.RtpPacket;

/** Packets for the tests: one source, payloads of random bytes. */
final class Packets {
    static final int SSRC = 0xcafebabe;

    private final Random random = new Random(7);

    static SrtpKey key(SrtpProfile profile, int seed) {
        return SrtpKey.random(profile, new Random(seed));
    }

    static byte[] header(int sequence) {
        byte[] header = new byte[RtpPacket.HEADER_LENGTH];
        RtpPacket.writeHeader(header, 0, 96, RtpPacket.Mark.UNMARKED, sequence, 90_000, SSRC);
        return header;
    }

    byte[] payload(int length) {
        byte[] payload = new byte[length];
        random.nextBytes(payload);
        return payload;
    }

    static byte[] clear(byte[] header, byte[] payload) {
        byte[] packet = Arrays.copyOf(header, header.length + payload.length);
        System.arraycopy(payload, 0, packet, header.length, payload.length);
        return packet;
    }

    static byte[] protect(SrtpSender sender, int sequence, byte[] payload) {
        byte[] to = new byte[RtpPacket.HEADER_LENGTH + payload.length + sender.overhead()];
        return Arrays.copyOf(to, sender.protect(header(sequence), payload, to));
    }

    static byte[] report(int number) {
        return RtcpCodec.write(List.of(
                new Rtcp.SenderReport(SSRC, new NtpTime(1L << 40), number, number, number, List.of()),
                new Rtcp.SourceName(SSRC, "camseal-test")));
    }
}
