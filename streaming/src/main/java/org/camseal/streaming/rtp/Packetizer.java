package org.camseal.streaming.rtp;

import java.util.List;
import org.camseal.media.AccessUnit;
import org.camseal.media.Codec;
import org.camseal.media.Track;
import org.camseal.streaming.ProtocolException;

/**
 * Cuts the access units of one track into RTP payloads. Stateless.
 *
 * <p>A payload has at most {@link #MAX_PAYLOAD} bytes, so that a packet fits into every IPv6 path. One exception: an Opus packet or a
 * run of G.711 samples cannot be cut in two by its payload format, so a larger one travels whole.
 */
public sealed interface Packetizer permits NalPacketizer, AacPacketizer, FramePacketizer {
    /** Bytes of a payload at most: with headers and SRTP's tag below IPv6's least MTU of 1280. */
    int MAX_PAYLOAD = 1200;

    /**
     * The payloads of one unit, in the order of sending, at least one; all carry the unit's presentation time.
     *
     * @throws ProtocolException where the payload format cannot carry the unit
     * @throws IllegalArgumentException for a unit of another kind than the track
     */
    List<RtpPayload> packetize(AccessUnit unit) throws ProtocolException;

    /** The packetizer for a track's codec. */
    static Packetizer of(Track track) {
        return switch (track.format().codec()) {
            case H264 -> new H264Packetizer();
            case H265 -> new H265Packetizer();
            case AAC -> new AacPacketizer();
            case PCMA, PCMU, OPUS -> new FramePacketizer(track.format().codec());
        };
    }

    /** The error for a unit that is not of the packetizer's kind. */
    static IllegalArgumentException wrongKind(Codec expected, AccessUnit unit) {
        return new IllegalArgumentException("a unit of " + expected + " expected, not " + unit);
    }
}
