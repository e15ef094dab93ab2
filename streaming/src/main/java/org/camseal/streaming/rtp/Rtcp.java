package org.camseal.streaming.rtp;

import java.util.List;

/** One packet of a compound RTCP packet (RFC 3550 section 6); what else there is, is passed over. */
public sealed interface Rtcp {
    /**
     * From a sender: which RTP timestamp belongs to which wall clock time.
     *
     * @param packets sent so far, modulo 2^32
     * @param octets of payload sent so far, modulo 2^32
     */
    record SenderReport(int ssrc, NtpTime ntp, int rtpTimestamp, int packets, int octets, List<ReportBlock> blocks)
            implements Rtcp {
        public SenderReport {
            blocks = List.copyOf(blocks);
        }
    }

    /** From a receiver: how the packets arrive. */
    record ReceiverReport(int ssrc, List<ReportBlock> blocks) implements Rtcp {
        public ReceiverReport {
            blocks = List.copyOf(blocks);
        }
    }

    /** The canonical name of a source (section 6.5.1), by which its tracks belong together. */
    record SourceName(int ssrc, String cname) implements Rtcp {}

    /** Sources that end. */
    record Bye(List<Integer> ssrcs) implements Rtcp {
        public Bye {
            ssrcs = List.copyOf(ssrcs);
        }
    }

    /**
     * How one source's packets arrive (section 6.4.1).
     *
     * @param ssrc of the source
     * @param fractionLost of the packets since the last report, in 1/256, 0 to 255
     * @param lost in total, -2^23 to 2^23 - 1
     * @param highestSequence with the number of wraps in the upper 16 bits
     * @param jitter in ticks of the track's clock
     * @param lastSenderReport the middle of the last report's NTP time; 0 where there was none
     * @param sinceSenderReport in 1/65536 s; 0 where there was none
     */
    record ReportBlock(
            int ssrc,
            int fractionLost,
            int lost,
            int highestSequence,
            int jitter,
            int lastSenderReport,
            int sinceSenderReport) {}

    /**
     * A receiver that lost a picture and needs a key picture to go on (RFC 4585 section 6.3.1).
     *
     * @param ssrc of the receiver
     * @param of the source it loses pictures of
     */
    record PictureLoss(int ssrc, int of) implements Rtcp {}

    /** A receiver's command to send a key picture (RFC 5104 section 4.3.1). */
    record FullIntraRequest(int ssrc, List<Entry> entries) implements Rtcp {
        public FullIntraRequest {
            entries = List.copyOf(entries);
        }

        /**
         * For one source.
         *
         * @param number 0 to 255; the same number again is the same command again
         */
        public record Entry(int of, int number) {}
    }
}
