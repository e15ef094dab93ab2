package org.camseal.streaming.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.camseal.streaming.ProtocolException;
import org.junit.jupiter.api.Test;

class ReceptionTest {
    private static final long MILLI = 1_000_000;

    private static RtpPacket packet(int sequence) throws ProtocolException {
        byte[] bytes = new byte[13];
        RtpPacket.writeHeader(bytes, 0, 96, RtpPacket.Mark.UNMARKED, sequence, sequence * 10, 1);
        return RtpPacket.parse(bytes);
    }

    private static final class Heard implements ReorderBuffer.Sink {
        private final List<String> events = new ArrayList<>();

        @Override
        public void packet(RtpPacket packet) {
            events.add(Integer.toString(packet.sequence()));
        }

        @Override
        public void lost(int packets) {
            events.add("-" + packets);
        }
    }

    private static List<String> play(ReorderBuffer buffer, int... sequences) throws ProtocolException {
        Heard heard = new Heard();
        long now = 0;
        for (int sequence : sequences) {
            buffer.offer(packet(sequence), now += MILLI, heard);
        }
        buffer.drain(heard);
        return heard.events;
    }

    @Test
    void packetsAreBroughtIntoOrderAcrossTheWrap() throws Exception {
        assertThat(play(new ReorderBuffer(8, Duration.ofSeconds(1)), 65_534, 0, 65_535, 2, 1, 1, 3))
                .containsExactly("65534", "65535", "0", "1", "2", "3");
    }

    @Test
    void whatIsMissingIsGivenUpWhenTooManyWaitOrTooLong() throws Exception {
        assertThat(play(new ReorderBuffer(2, Duration.ofSeconds(1)), 1, 3, 4, 5, 6))
                .containsExactly("1", "-1", "3", "4", "5", "6");
        ReorderBuffer buffer = new ReorderBuffer(8, Duration.ofMillis(100));
        Heard heard = new Heard();
        buffer.offer(packet(1), 0, heard);
        buffer.offer(packet(4), 10 * MILLI, heard);
        buffer.expire(109 * MILLI, heard);
        assertThat(heard.events).containsExactly("1");
        buffer.expire(110 * MILLI, heard);
        buffer.offer(packet(2), 111 * MILLI, heard); // too late
        assertThat(heard.events).containsExactly("1", "-2", "4");
    }

    @Test
    void overTcpAGapIsALossAtOnceAndAJumpANewStart() throws Exception {
        assertThat(play(new ReorderBuffer(0, Duration.ZERO), 1, 2, 5, 40_000, 40_001))
                .containsExactly("1", "2", "-2", "5", "-1", "40000", "40001");
    }

    @Test
    void reportsCountLossesAndJitterAsTheStandardSays() throws Exception {
        SourceStatistics statistics = new SourceStatistics(1_000);
        for (int sequence : new int[] {10, 11, 13, 14}) {
            statistics.arrived(packet(sequence), sequence * 10L * MILLI);
        }
        Rtcp.ReportBlock block = statistics.report(0);
        assertThat(block.lost()).isEqualTo(1);
        assertThat(block.fractionLost()).isEqualTo(256 / 5);
        assertThat(block.highestSequence()).isEqualTo(14);
        assertThat(block.jitter()).isZero();
        assertThat(statistics.report(0).fractionLost()).isZero();
    }

    @Test
    void aSenderReportIsTheStandardsBytes() throws Exception {
        NtpTime ntp = NtpTime.of(Instant.parse("2026-11-21T10:00:00.5Z"));
        byte[] bytes = RtcpCodec.write(List.of(
                new Rtcp.SenderReport(0x01020304, ntp, 0x0a0b0c0d, 5, 600, List.of()),
                new Rtcp.SourceName(0x01020304, "camera"),
                new Rtcp.Bye(List.of(0x01020304))));
        assertThat(HexFormat.of().formatHex(bytes))
                .isEqualTo("80c80006" + "01020304" + "eeabea2080000000" + "0a0b0c0d" + "00000005" + "00000258"
                        + "81ca0004" + "01020304" + "010663616d657261" + "00000000" + "81cb0001" + "01020304");
        assertThat(RtcpCodec.parse(bytes)).hasSize(3).contains(new Rtcp.SourceName(0x01020304, "camera"));
        assertThat(RtcpCodec.write(RtcpCodec.parse(bytes))).isEqualTo(bytes);
    }

    @Test
    void wallClockTimesSurviveTheirNtpForm() {
        for (String text :
                List.of("2026-11-21T10:00:00.123456789Z", "2036-02-07T06:28:15.999999999Z", "2036-02-07T06:28:16Z")) {
            Instant instant = Instant.parse(text);
            assertThat(NtpTime.of(instant).toInstant()).isEqualTo(instant);
        }
    }

    @Test
    void decodeTimesAreTheSortedPresentationTimesShifted() {
        DecodeTimes known = new DecodeTimes(1, 1);
        assertThat(decode(known, 0, 3, 1, 2, 6, 4, 5)).containsExactly(-1L, 0L, 1L, 2L, 3L, 4L, 5L);
        DecodeTimes learning = new DecodeTimes(0, 1);
        assertThat(decode(learning, 0, 3, 1, 2, 6, 4, 5, 9, 7, 8)).isSorted().endsWith(3L, 4L, 5L, 6L, 7L, 8L);
        assertThat(decode(new DecodeTimes(0, 1), 5, 6, 7)).containsExactly(5L, 6L, 7L);
    }

    private static List<Long> decode(DecodeTimes times, long... presentation) {
        List<Long> decoded = new ArrayList<>();
        for (long time : presentation) {
            decoded.add(times.next(time));
        }
        return decoded;
    }

    @Test
    void timestampsGoOnAcrossTheWrapAndAfterAFreshStart() {
        Timeline timeline = new Timeline(90_000);
        assertThat(timeline.ticks(-3_600)).isZero();
        assertThat(timeline.ticks(0)).isEqualTo(3_600);
        assertThat(timeline.ticks(7_200)).isEqualTo(10_800);
        assertThat(timeline.ticks(3_600)).isEqualTo(7_200); // a picture shown earlier
        assertThat(timeline.ticks(3_600 - 20 * 90_000)).isEqualTo(10_800 + 90_000); // the sender has started again
    }
}
