package org.camseal.media.mp4;

import org.camseal.media.MalformedException;

/**
 * The first fields of an AudioSpecificConfig (ISO/IEC 14496-3 section 1.6.2.1).
 *
 * @param objectType audioObjectType: 2 is AAC LC
 * @param sampleRateHz of the sound that comes out: the extension's rate where SBR is declared
 * @param channels 0 where a program config element says so
 */
record AacConfig(int objectType, int sampleRateHz, int channels) {
    private static final int[] RATES = {
        96_000, 88_200, 64_000, 48_000, 44_100, 32_000, 24_000, 22_050, 16_000, 12_000, 11_025, 8_000, 7_350
    };
    private static final int[] CHANNELS = {0, 1, 2, 3, 4, 5, 6, 8};
    private static final int EXPLICIT_RATE = 15;
    private static final int ESCAPED_TYPE = 31;
    private static final int SBR = 5;
    private static final int PS = 29;

    static AacConfig of(byte[] config) throws MalformedException {
        Bits bits = new Bits(config);
        int type = objectType(bits);
        int rate = rate(bits);
        int channels = bits.read(4);
        if (type == SBR || type == PS) {
            rate = rate(bits);
            objectType(bits);
        }
        return new AacConfig(type, rate, channels < CHANNELS.length ? CHANNELS[channels] : 0);
    }

    private static int objectType(Bits bits) throws MalformedException {
        int type = bits.read(5);
        return type == ESCAPED_TYPE ? 32 + bits.read(6) : type;
    }

    private static int rate(Bits bits) throws MalformedException {
        int index = bits.read(4);
        if (index == EXPLICIT_RATE) {
            return bits.read(24);
        }
        if (index >= RATES.length) {
            throw new MalformedException("AudioSpecificConfig: samplingFrequencyIndex " + index + " is reserved");
        }
        return RATES[index];
    }

    private static final class Bits {
        private final byte[] bytes;
        private int position;

        Bits(byte[] bytes) {
            this.bytes = bytes;
        }

        int read(int count) throws MalformedException {
            if (position + count > 8 * bytes.length) {
                throw new MalformedException("AudioSpecificConfig of " + bytes.length + " bytes ends inside a field");
            }
            int value = 0;
            for (int i = 0; i < count; i++, position++) {
                value = value << 1 | (bytes[position >> 3] >> (7 - (position & 7)) & 1);
            }
            return value;
        }
    }
}
