package org.camseal.streaming.rtp;

import org.camseal.streaming.ProtocolException;

/**
 * The beginning of an AudioSpecificConfig (ISO/IEC 14496-3 section 1.6.2.1).
 *
 * @param objectType such as 2, AAC-LC
 * @param sampleRateHz of the core coder
 * @param channelConfiguration 0 to 15
 * @param frameSamples of one frame of the core coder: 1024, or 960
 */
public record AacConfig(int objectType, int sampleRateHz, int channelConfiguration, int frameSamples) {
    private static final int[] RATES = {
        96_000, 88_200, 64_000, 48_000, 44_100, 32_000, 24_000, 22_050, 16_000, 12_000, 11_025, 8_000, 7_350
    };

    /** @throws ProtocolException where the bytes end early or use a reserved value */
    public static AacConfig parse(byte[] config) throws ProtocolException {
        BitReader bits = new BitReader(config, 0, config.length);
        int type = objectType(bits);
        int rate = rate(bits);
        int channels = bits.read(4);
        if (type == 5 || type == 29) { // SBR or PS stated in front: the core coder's type follows
            rate(bits);
            type = objectType(bits);
        }
        int samples = bits.left() > 0 && bits.read(1) == 1 ? 960 : 1024;
        return new AacConfig(type, rate, channels, samples);
    }

    private static int objectType(BitReader bits) throws ProtocolException {
        int type = bits.read(5);
        return type == 31 ? 32 + bits.read(6) : type;
    }

    private static int rate(BitReader bits) throws ProtocolException {
        int index = bits.read(4);
        int rate = index == 15 ? bits.read(24) : index < RATES.length ? RATES[index] : 0;
        if (rate < 1 || rate > 192_000) {
            throw new ProtocolException("AAC configuration: sampling frequency index " + index + " gives " + rate
                    + " Hz; 1 to 192000 expected (ISO/IEC 14496-3 table 1.18)");
        }
        return rate;
    }

    /** Ticks of one frame on an RTP clock: twice the core's samples where the clock counts the doubled rate of SBR. */
    int frameTicks(int clockHz) {
        return Math.max(1, (int) ((long) frameSamples * clockHz / sampleRateHz));
    }
}
