package org.camseal.streaming.rtp;

import java.util.function.Consumer;
import org.camseal.media.AudioFormat;
import org.camseal.media.TrackFormat;
import org.camseal.media.VideoFormat;
import org.camseal.streaming.ProtocolException;

/**
 * Puts the packets of one track together again. Packets come in order of their sequence numbers; gaps are told by {@link #lost}.
 * A NAL unit or frame that misses a fragment is left out, never handed on in part. Memory is bounded by {@link #MAX_UNIT}.
 */
public sealed interface Depacketizer permits NalDepacketizer, AacDepacketizer, FrameDepacketizer {
    /** Bytes of the largest access unit that is put together: 16 MiB. */
    int MAX_UNIT = 16 << 20;

    /**
     * Takes one packet, and hands on what it completes.
     *
     * @throws ProtocolException where the payload breaks its format; the packet is without effect then, but what it belongs to counts as
     *     damaged, and later packets may follow
     */
    void accept(RtpPacket packet, Consumer<Received> sink) throws ProtocolException;

    /** Says that packets are missing in front of the next one. */
    void lost();

    /** Hands on what only a later packet would have completed: the stream is over. */
    void end(Consumer<Received> sink);

    /**
     * The depacketizer of a format.
     *
     * @param layout of AAC's headers; of no meaning for other codecs
     * @throws ProtocolException for an AAC configuration that cannot be read
     */
    static Depacketizer of(TrackFormat format, AacLayout layout) throws ProtocolException {
        return switch (format) {
            case VideoFormat video ->
                switch (video.codec()) {
                    case H264 -> new H264Depacketizer();
                    case H265 -> new H265Depacketizer();
                    case AAC, PCMA, PCMU, OPUS -> throw new IllegalArgumentException(video.codec() + " as video");
                };
            case AudioFormat audio ->
                switch (audio.codec()) {
                    case AAC -> new AacDepacketizer(layout, AacConfig.parse(audio.decoderConfig()), audio.clockHz());
                    case PCMA, PCMU, OPUS -> new FrameDepacketizer(audio);
                    case H264, H265 -> throw new IllegalArgumentException(audio.codec() + " as audio");
                };
        };
    }
}
