package org.camseal.media;

import java.util.Arrays;
import java.util.HexFormat;

/**
 * Format of an audio track. The decoder configuration is an AudioSpecificConfig for AAC (ISO/IEC 14496-3), an OpusHead for Opus (RFC
 * 7845 section 5.1), nothing for G.711.
 */
public final class AudioFormat implements TrackFormat {
    private final Codec codec;
    private final int sampleRateHz;
    private final int channels;
    private final byte[] decoderConfig;

    /** Copies the configuration. */
    public AudioFormat(Codec codec, int sampleRateHz, int channels, byte[] decoderConfig) {
        if (codec.isVideo()) {
            throw new IllegalArgumentException(codec + " is not an audio codec");
        }
        if (sampleRateHz < 1 || channels < 1 || channels > 255) {
            throw new IllegalArgumentException(sampleRateHz + " Hz, " + channels + " channels");
        }
        this.codec = codec;
        this.sampleRateHz = sampleRateHz;
        this.channels = channels;
        this.decoderConfig = decoderConfig.clone();
    }

    @Override
    public Codec codec() {
        return codec;
    }

    public int sampleRateHz() {
        return sampleRateHz;
    }

    public int channels() {
        return channels;
    }

    /** A copy of the decoder configuration. */
    public byte[] decoderConfig() {
        return decoderConfig.clone();
    }

    /** The RTP clock: 48 000 for Opus whatever was sampled (RFC 7587 section 4.1), else the sampling rate. */
    @Override
    public int clockHz() {
        return codec == Codec.OPUS ? 48_000 : sampleRateHz;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof AudioFormat format
                && format.codec == codec
                && format.sampleRateHz == sampleRateHz
                && format.channels == channels
                && Arrays.equals(format.decoderConfig, decoderConfig);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * codec.hashCode() + sampleRateHz) + channels;
    }

    @Override
    public String toString() {
        return codec + ", " + sampleRateHz + " Hz, " + channels + " channel(s), configuration "
                + HexFormat.of().formatHex(decoderConfig);
    }
}
