package org.camseal.streaming.client;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.camseal.media.AccessUnit;
import org.camseal.media.AudioUnit;
import org.camseal.media.MediaTime;
import org.camseal.media.NalUnit;
import org.camseal.media.TrackFormat;
import org.camseal.media.VideoFormat;
import org.camseal.media.VideoUnit;
import org.camseal.streaming.ProtocolException;
import org.camseal.streaming.client.TrackReception.CaptureClock;
import org.camseal.streaming.rtp.DecodeTimes;
import org.camseal.streaming.rtp.Depacketizer;
import org.camseal.streaming.rtp.Received;
import org.camseal.streaming.rtp.ReorderBuffer;
import org.camseal.streaming.rtp.ReplayExtension;
import org.camseal.streaming.rtp.Rtcp;
import org.camseal.streaming.rtp.RtcpCodec;
import org.camseal.streaming.rtp.RtpPacket;
import org.camseal.streaming.rtp.SourceStatistics;
import org.camseal.streaming.rtp.Timeline;
import org.camseal.streaming.sdp.OfferedTrack;
import org.jspecify.annotations.Nullable;

/**
 * Makes access units of the packets of one track. Packets come from one thread, reports and questions from any; units are handed back to
 * the caller, so that nobody waits inside.
 */
final class TrackReceiver {
    private static final long USUAL_PICTURE_TICKS = 3_000;
    private static final Duration REPORT_PATIENCE = Duration.ofMillis(250);
    private static final int MOST_HELD = 512;

    private final OfferedTrack offered;
    private final TrackFormat format;
    private final Depacketizer depacketizer;
    private final ReorderBuffer reorder;
    private final SourceStatistics statistics;
    private final CaptureTimes captureTimes;
    private final Timeline timeline;
    private final DecodeTimes decodeTimes;
    private final CommonZero zero;
    private final InstantSource clock;
    private final Duration patience;
    private final List<Received> held = new ArrayList<>();
    private @Nullable Integer ssrc;
    private @Nullable Integer startTimestamp;
    private long firstNanos;
    private boolean granted;
    private boolean releasing;
    private boolean saidGoodbye;
    private long packets;
    private long lostPackets;
    private long malformedPackets;
    private long damagedUnits;

    /** @param way how packets come: TCP keeps their order, and reports arrive in front of what they report */
    TrackReceiver(OfferedTrack offered, Way way, CommonZero zero, InstantSource clock) throws ProtocolException {
        this.offered = offered;
        this.format = offered.track().format();
        this.depacketizer = Depacketizer.of(format, offered.aacLayout());
        this.reorder = new ReorderBuffer(way.capacity(), way.hold());
        this.patience = way.capacity() == 0 ? Duration.ZERO : REPORT_PATIENCE;
        this.statistics = new SourceStatistics(format.clockHz());
        this.captureTimes = new CaptureTimes(format.clockHz());
        this.timeline = new Timeline(format.clockHz());
        this.decodeTimes = new DecodeTimes(
                format instanceof VideoFormat video ? Reordering.of(video.parameterSets()) : 0, USUAL_PICTURE_TICKS);
        this.zero = zero;
        this.clock = clock;
    }

    /** How packets come. */
    record Way(int capacity, Duration hold) {
        static final Way TCP = new Way(0, Duration.ZERO);
        static final Way UDP = new Way(256, Duration.ofMillis(100));
    }

    /**
     * Lets units out: the playback has been granted.
     *
     * @param timestamp of the playback's zero, from RTP-Info; null where the server does not say it for all tracks
     */
    synchronized void begin(@Nullable Integer timestamp) {
        startTimestamp = timestamp;
        granted = true;
    }

    /** Takes a packet; returns the units that it completes. */
    synchronized List<AccessUnit> packet(byte[] bytes, long nowNanos) {
        List<AccessUnit> units = new ArrayList<>();
        try {
            RtpPacket packet = RtpPacket.parse(bytes);
            if (ssrc == null || ssrc != packet.ssrc()) {
                begin(packet, nowNanos, units);
            }
            statistics.arrived(packet, nowNanos);
            captureTimes.arrived(packet.timestamp(), clock.instant());
            reorder.offer(packet, nowNanos, sink(units));
        } catch (ProtocolException e) {
            malformedPackets++;
        }
        release(nowNanos, units);
        return units;
    }

    /** The sender is new, or has started again: what the old one left is handed on first. */
    private void begin(RtpPacket packet, long nowNanos, List<AccessUnit> units) {
        if (ssrc != null) {
            reorder.drain(sink(units));
            depacketizer.end(received -> take(received, units));
            captureTimes.reset();
        }
        ssrc = packet.ssrc();
        firstNanos = nowNanos;
    }

    /** Counts a packet that is not authentic, or was there before. */
    synchronized void refused() {
        malformedPackets++;
    }

    private ReorderBuffer.Sink sink(List<AccessUnit> units) {
        return new ReorderBuffer.Sink() {
            @Override
            public void packet(RtpPacket packet) {
                if (packet.payloadType() != offered.payloadType()) {
                    malformedPackets++;
                    return;
                }
                packets++;
                try {
                    ReplayExtension.of(packet)
                            .ifPresent(replay -> captureTimes.stated(
                                    packet.timestamp(), replay.time().toInstant()));
                    depacketizer.accept(packet, received -> take(received, units));
                } catch (ProtocolException e) {
                    malformedPackets++;
                }
            }

            @Override
            public void lost(int missing) {
                lostPackets += missing;
                depacketizer.lost();
            }
        };
    }

    /** Looks whether what waits has waited long enough; returns the units that this completes. */
    synchronized List<AccessUnit> expire(long nowNanos) {
        List<AccessUnit> units = new ArrayList<>();
        reorder.expire(nowNanos, sink(units));
        release(nowNanos, units);
        return units;
    }

    /** The sender is done: returns what is left. */
    synchronized List<AccessUnit> finish() {
        List<AccessUnit> units = new ArrayList<>();
        reorder.drain(sink(units));
        depacketizer.end(received -> take(received, units));
        releasing = true;
        release(firstNanos, units);
        return units;
    }

    private void take(Received received, List<AccessUnit> units) {
        if (releasing) {
            units.add(unit(received));
        } else {
            held.add(received);
        }
    }

    /** The first units wait a little for the sender's report, so that their capture time is the sender's. */
    private void release(long nowNanos, List<AccessUnit> units) {
        boolean patient = captureTimes.clock() == CaptureClock.ARRIVAL && nowNanos - firstNanos < patience.toNanos();
        releasing = releasing || held.size() >= MOST_HELD || (ssrc != null && granted && !patient);
        if (releasing) {
            held.forEach(received -> units.add(unit(received)));
            held.clear();
        }
    }

    private AccessUnit unit(Received received) {
        int timestamp = received.rtpTimestamp();
        captureTimes.arrived(timestamp, clock.instant());
        Instant capturedAt = captureTimes.at(timestamp);
        if (!timeline.isAnchored()) {
            anchor(timestamp, capturedAt);
        }
        long ticks = timeline.ticks(timestamp);
        int number = offered.track().number();
        return switch (received) {
            case Received.Picture picture -> {
                if (picture.wholeness() == Received.Wholeness.DAMAGED) {
                    damagedUnits++;
                }
                learnOrder(picture.nalUnits());
                yield new VideoUnit(
                        number,
                        picture.nalUnits(),
                        MediaTime.video(decodeTimes.next(ticks)),
                        MediaTime.video(ticks),
                        capturedAt);
            }
            case Received.Frame frame ->
                new AudioUnit(
                        number, frame.bytes(), new MediaTime(ticks, format.clockHz()), frame.samples(), capturedAt);
        };
    }

    private void anchor(int timestamp, Instant capturedAt) {
        Integer start = startTimestamp;
        if (start != null && Math.abs((long) (timestamp - start)) <= 10L * format.clockHz()) {
            timeline.anchor(start, 0);
        } else {
            timeline.anchor(timestamp, zero.ticks(capturedAt, format.clockHz()));
        }
    }

    private void learnOrder(List<NalUnit> nals) {
        List<NalUnit> sets = nals.stream().filter(NalUnit::isParameterSet).toList();
        if (!sets.isEmpty()) {
            decodeTimes.raise(Reordering.of(sets));
        }
    }

    /** Takes a compound RTCP packet. */
    synchronized void report(byte[] compound, long nowNanos) {
        try {
            for (Rtcp rtcp : RtcpCodec.parse(compound)) {
                switch (rtcp) {
                    case Rtcp.SenderReport sender -> {
                        if (ssrc == null || ssrc == sender.ssrc()) {
                            captureTimes.reported(sender);
                            statistics.senderReported(sender.ntp(), nowNanos);
                        }
                    }
                    case Rtcp.Bye bye ->
                        saidGoodbye = saidGoodbye
                                || bye.ssrcs().isEmpty()
                                || ssrc == null
                                || bye.ssrcs().contains(ssrc);
                    case Rtcp.ReceiverReport receiver -> {}
                    case Rtcp.SourceName name -> {}
                    case Rtcp.PictureLoss loss -> {} // we send nothing
                    case Rtcp.FullIntraRequest request -> {}
                }
            }
        } catch (ProtocolException e) {
            malformedPackets++;
        }
    }

    /** True once the sender has said that the stream is over. */
    synchronized boolean saidGoodbye() {
        return saidGoodbye;
    }

    /** The report that the sender gets of us. */
    synchronized byte[] receiverReport(int ownSsrc, String cname, long nowNanos) {
        List<Rtcp.ReportBlock> blocks = statistics.hasStarted() ? List.of(statistics.report(nowNanos)) : List.of();
        return RtcpCodec.write(List.of(new Rtcp.ReceiverReport(ownSsrc, blocks), new Rtcp.SourceName(ownSsrc, cname)));
    }

    /** The source that is heard; empty before its first packet. */
    synchronized Optional<Integer> source() {
        return Optional.ofNullable(ssrc);
    }

    /** The request of a key picture, behind a report as every compound packet begins; empty before the first packet, and for sound. */
    synchronized Optional<byte[]> keyRequest(int ownSsrc, String cname, long nowNanos) {
        Integer of = ssrc;
        if (of == null || !format.codec().isVideo()) {
            return Optional.empty();
        }
        List<Rtcp.ReportBlock> blocks = statistics.hasStarted() ? List.of(statistics.report(nowNanos)) : List.of();
        return Optional.of(RtcpCodec.write(List.of(
                new Rtcp.ReceiverReport(ownSsrc, blocks),
                new Rtcp.SourceName(ownSsrc, cname),
                new Rtcp.PictureLoss(ownSsrc, of))));
    }

    synchronized TrackReception reception() {
        return new TrackReception(
                offered.track().number(),
                packets,
                lostPackets,
                malformedPackets,
                damagedUnits,
                statistics.jitter(),
                captureTimes.clock());
    }
}
