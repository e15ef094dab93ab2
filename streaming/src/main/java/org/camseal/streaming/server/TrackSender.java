package org.camseal.streaming.server;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.camseal.media.MediaTime;
import org.camseal.media.Track;
import org.camseal.streaming.rtp.NtpTime;
import org.camseal.streaming.rtp.ReplayExtension;
import org.camseal.streaming.rtp.Rtcp;
import org.camseal.streaming.rtp.RtcpCodec;
import org.camseal.streaming.rtp.RtpPacket;
import org.camseal.streaming.rtp.RtpPayload;
import org.camseal.streaming.sdp.Description;

/**
 * One track on its way to one reader: its own source identifier, sequence numbers and timestamp offset (RFC 3550 section 5.1) in front of
 * payloads that are shared. A sender report stands in front of the first packet, then in front of a key unit at most every second, else
 * every five seconds, and at once where capture times leave the line of the last report.
 */
final class TrackSender {
    private static final long REPORT_NANOS = 5_000_000_000L;
    private static final long LEAST_REPORT_NANOS = 1_000_000_000L;
    private static final Duration CLOCK_TOLERANCE = Duration.ofMillis(10);
    /** A receiver takes more for a new start of the sender (RFC 3550 appendix A.1). */
    private static final int MOST_SKIPPED = 1000;

    private record Report(long nanos, Instant capturedAt, long ticks) {}

    private final Track track;
    private final Carrier carrier;
    private final String cname;
    private final LongSupplier nanoTime;
    private final byte[] header = new byte[RtpPacket.HEADER_LENGTH];
    private final byte[] extendedHeader = new byte[RtpPacket.HEADER_LENGTH + ReplayExtension.LENGTH];
    private final int ssrc;
    private final int timestampOffset;
    private int sequence;
    private int packets;
    private int octets;
    private Report lastReport = new Report(0, Instant.EPOCH, 0);
    private volatile boolean reported;

    TrackSender(Track track, Carrier carrier, String cname, int ssrc, RandomGenerator random, LongSupplier nanoTime) {
        this.track = track;
        this.carrier = carrier;
        this.cname = cname;
        this.nanoTime = nanoTime;
        this.ssrc = ssrc;
        this.timestampOffset = random.nextInt();
        this.sequence =
                random.nextInt(1 << 15); // in the lower half, so that SRTP's rollover guess holds from the start
    }

    Track track() {
        return track;
    }

    Carrier carrier() {
        return carrier;
    }

    int ssrc() {
        return ssrc;
    }

    int nextSequence() {
        return sequence & 0xffff;
    }

    /** The RTP timestamp of a time, whatever its clock. */
    int timestamp(MediaTime time) {
        return timestampOffset + (int) time.in(track.format().clockHz()).ticks();
    }

    /** Has a report stand in front of the next unit, for somebody who heard none yet. From any thread. */
    void reportAgain() {
        reported = false;
    }

    /**
     * Sends packets of a unit, at most so many; in front of the first stands a report where one is due.
     *
     * @param from how many of them are sent already
     * @return how many are sent now
     */
    int send(Feed.Taken taken, int from, int most) throws IOException {
        PacketizedUnit unit = taken.unit();
        List<RtpPayload> payloads = unit.payloads();
        int end = (int) Math.min((long) from + most, payloads.size());
        carrier.begin();
        try {
            if (from == 0) {
                sequence += Math.min(taken.lostPackets(), MOST_SKIPPED); // a loss is to be seen as one
                if (isReportDue(unit)) {
                    report(unit);
                }
            }
            int timestamp = timestamp(unit.presentation());
            ReplayExtension extension = from == 0 ? taken.extension() : null;
            for (RtpPayload payload : payloads.subList(from, end)) {
                byte[] front = extension == null ? header : extendedHeader;
                RtpPacket.writeHeader(
                        front, 0, Description.payloadType(track), payload.mark(), sequence++, timestamp, ssrc);
                if (extension != null) {
                    extension.write(front);
                    extension = null; // the first packet of a unit has it
                }
                carrier.media(front, payload.bytes());
                packets++;
                octets += payload.length();
            }
            return end;
        } finally {
            carrier.end();
        }
    }

    private boolean isReportDue(PacketizedUnit unit) {
        long since = nanoTime.getAsLong() - lastReport.nanos();
        if (!reported || since >= REPORT_NANOS) {
            return true;
        }
        long ticks = unit.presentation().ticks() - lastReport.ticks();
        Instant predicted = lastReport
                .capturedAt()
                .plus(new MediaTime(ticks, unit.presentation().clockHz()).toDuration());
        boolean offLine = Duration.between(predicted, unit.capturedAt()).abs().compareTo(CLOCK_TOLERANCE) > 0;
        boolean key = track.format().codec().isVideo() && unit.weight() == PacketizedUnit.Weight.KEY;
        return offLine || (key && since >= LEAST_REPORT_NANOS);
    }

    private void report(PacketizedUnit unit) throws IOException {
        reported = true;
        lastReport = new Report(
                nanoTime.getAsLong(), unit.capturedAt(), unit.presentation().ticks());
        carrier.control(RtcpCodec.write(List.of(
                new Rtcp.SenderReport(
                        ssrc,
                        NtpTime.of(unit.capturedAt()),
                        timestamp(unit.presentation()),
                        packets,
                        octets,
                        List.of()),
                new Rtcp.SourceName(ssrc, cname))));
    }

    /** Says that the stream is over. */
    void goodbye() throws IOException {
        carrier.begin();
        try {
            carrier.control(RtcpCodec.write(List.of(
                    new Rtcp.ReceiverReport(ssrc, List.of()),
                    new Rtcp.SourceName(ssrc, cname),
                    new Rtcp.Bye(List.of(ssrc)))));
        } finally {
            carrier.end();
        }
    }
}
