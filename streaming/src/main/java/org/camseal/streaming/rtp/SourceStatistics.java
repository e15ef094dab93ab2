package org.camseal.streaming.rtp;

import java.time.Duration;
import org.camseal.streaming.rtp.Rtcp.ReportBlock;

/**
 * What a receiver counts of one source for its reports (RFC 3550 sections 6.4.1, A.1, A.3, A.8). Times are monotonic nanoseconds, given
 * by the caller.
 */
public final class SourceStatistics {
    private final int clockHz;
    private int ssrc;
    private boolean started;
    private long baseSequence;
    private long highestSequence;
    private long received;
    private long expectedBefore;
    private long receivedBefore;
    private double jitterTicks;
    private long lastArrivalNanos;
    private int lastTimestamp;
    private int lastSenderReport;
    private long senderReportNanos;

    public SourceStatistics(int clockHz) {
        this.clockHz = clockHz;
    }

    /** Counts a packet as it arrives, in whatever order. */
    public void arrived(RtpPacket packet, long nowNanos) {
        if (!started || packet.ssrc() != ssrc) {
            restart(packet, nowNanos);
        }
        received++;
        int ahead = (short) (packet.sequence() - (int) highestSequence);
        if (Math.abs(ahead) > ReorderBuffer.MAX_DROPOUT) {
            restart(packet, nowNanos);
            received = 1;
        } else if (ahead > 0) {
            highestSequence += ahead;
        }
        double arrivalTicks = (nowNanos - lastArrivalNanos) * 1e-9 * clockHz;
        double difference = Math.abs(arrivalTicks - (packet.timestamp() - lastTimestamp));
        if (difference < 10.0 * clockHz) { // a jump of the sender's clock is no jitter
            jitterTicks += (difference - jitterTicks) / 16;
        }
        lastArrivalNanos = nowNanos;
        lastTimestamp = packet.timestamp();
    }

    private void restart(RtpPacket packet, long nowNanos) {
        started = true;
        ssrc = packet.ssrc();
        baseSequence = packet.sequence();
        highestSequence = packet.sequence();
        received = 0;
        expectedBefore = 0;
        receivedBefore = 0;
        lastArrivalNanos = nowNanos;
        lastTimestamp = packet.timestamp();
    }

    /** Notes a sender's report, which the next report block acknowledges. */
    public void senderReported(NtpTime ntp, long nowNanos) {
        lastSenderReport = ntp.middle();
        senderReportNanos = nowNanos;
    }

    /** True once a packet has arrived: there is something to report. */
    public boolean hasStarted() {
        return started;
    }

    /** The report of now; begins a new interval for the fraction of lost packets. */
    public ReportBlock report(long nowNanos) {
        long expected = highestSequence - baseSequence + 1;
        long lost = Math.clamp(expected - received, -0x80_0000L, 0x7f_ffffL);
        long expectedNow = expected - expectedBefore;
        long lostNow = expectedNow - (received - receivedBefore);
        expectedBefore = expected;
        receivedBefore = received;
        int fraction = expectedNow <= 0 || lostNow <= 0 ? 0 : (int) Math.min(255, (lostNow << 8) / expectedNow);
        long since = lastSenderReport == 0 ? 0 : (long) ((nowNanos - senderReportNanos) * 1e-9 * 65_536);
        return new ReportBlock(
                ssrc, fraction, (int) lost, (int) highestSequence, (int) jitterTicks, lastSenderReport, (int) since);
    }

    /** How unevenly packets arrive. */
    public Duration jitter() {
        return Duration.ofNanos((long) (jitterTicks / clockHz * 1e9));
    }
}
