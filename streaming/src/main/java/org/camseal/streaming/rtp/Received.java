package org.camseal.streaming.rtp;

import java.util.List;
import org.camseal.media.NalUnit;

/** What a depacketizer put together. */
public sealed interface Received {
    /** The RTP timestamp of its packets. */
    int rtpTimestamp();

    /** Whether everything that was sent is there. */
    enum Wholeness {
        WHOLE,
        /** Packets of this picture were lost; every NAL unit that is there is whole. */
        DAMAGED
    }

    /** The NAL units of one picture, at least one, in the order of arrival. */
    record Picture(List<NalUnit> nalUnits, int rtpTimestamp, Wholeness wholeness) implements Received {
        public Picture {
            nalUnits = List.copyOf(nalUnits);
        }
    }

    /** One audio frame. */
    final class Frame implements Received {
        private final byte[] bytes;
        private final int rtpTimestamp;
        private final int samples;

        Frame(byte[] bytes, int rtpTimestamp, int samples) {
            this.bytes = bytes;
            this.rtpTimestamp = rtpTimestamp;
            this.samples = samples;
        }

        /** Shared, never to be written to. */
        public byte[] bytes() {
            return bytes;
        }

        @Override
        public int rtpTimestamp() {
            return rtpTimestamp;
        }

        /** Duration in ticks of the track's clock, at least 1. */
        public int samples() {
            return samples;
        }
    }
}
