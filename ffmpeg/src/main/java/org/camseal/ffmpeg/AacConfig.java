package org.camseal.ffmpeg;

import java.util.Arrays;
import org.camseal.media.MalformedException;
import org.camseal.media.MediaException;
import org.camseal.media.UnsupportedException;

/**
 * What an AAC stream says about itself, in an AudioSpecificConfig (ISO/IEC 14496-3 section 1.6.2.1) or in the ADTS header of every
 * frame (section 1.A.3.2).
 */
@SuppressWarnings("ArrayRecordComponent") // the configuration's bytes, handed on to AudioFormat and never compared
record AacConfig(int sampleRateHz, int channels, int frameSamples, byte[] bytes) {
    static final int ADTS_HEADER_BYTES = 7;
    private static final int[] RATES = {
        96_000, 88_200, 64_000, 48_000, 44_100, 32_000, 24_000, 22_050, 16_000, 12_000, 11_025, 8000, 7350
    };
    private static final int ESCAPE_OBJECT_TYPE = 31;
    private static final int EXPLICIT_RATE = 15;

    /** Reads an AudioSpecificConfig's front part; the rate is the core coder's, without spectral band replication. */
    static AacConfig parse(byte[] config) throws MediaException {
        BitReader bits = new BitReader(config);
        int objectType = bits.read(5);
        if (objectType == ESCAPE_OBJECT_TYPE) {
            objectType = 32 + bits.read(6);
        }
        int rateIndex = bits.read(4);
        int rate = rateIndex == EXPLICIT_RATE ? bits.read(24) : rate(rateIndex);
        int channels = channels(bits.read(4));
        if (objectType == 5 || objectType == 29) {
            // SBR, PS: the extension's rate, then the core coder's object type (section 1.6.5.1)
            if (bits.read(4) == EXPLICIT_RATE) {
                bits.read(24);
            }
            objectType = bits.read(5);
        }
        int samples = objectType <= 4 && bits.read(1) == 1 ? 960 : 1024;
        if (rate < 1) {
            throw new MalformedException("AAC at " + rate + " Hz");
        }
        return new AacConfig(rate, channels, samples, config);
    }

    /** Reads the ADTS header at the front of a frame. */
    static AacConfig ofAdts(byte[] frame) throws MediaException {
        checkAdts(frame);
        int profile = (frame[2] >> 6) & 3;
        int rateIndex = (frame[2] >> 2) & 15;
        int channels = ((frame[2] & 1) << 2) | ((frame[3] >> 6) & 3);
        int config = ((profile + 1) << 11) | (rateIndex << 7) | (channels << 3);
        return parse(new byte[] {(byte) (config >> 8), (byte) config});
    }

    /** The raw_data_block behind an ADTS header. */
    static byte[] withoutAdts(byte[] frame) throws MediaException {
        checkAdts(frame);
        int header = (frame[1] & 1) == 0 ? ADTS_HEADER_BYTES + 2 : ADTS_HEADER_BYTES;
        int length = ((frame[3] & 3) << 11) | ((frame[4] & 0xff) << 3) | ((frame[5] & 0xe0) >> 5);
        if (length != frame.length || length < header) {
            throw new MalformedException("an ADTS frame of " + frame.length + " bytes says it has " + length);
        }
        if ((frame[6] & 3) != 0) {
            throw new UnsupportedException("an ADTS frame with " + ((frame[6] & 3) + 1) + " data blocks; 1 expected");
        }
        return Arrays.copyOfRange(frame, header, length);
    }

    static boolean isAdts(byte[] frame) {
        return frame.length >= ADTS_HEADER_BYTES && frame[0] == (byte) 0xff && (frame[1] & 0xf6) == 0xf0;
    }

    private static void checkAdts(byte[] frame) throws MalformedException {
        if (!isAdts(frame)) {
            throw new MalformedException("AAC without configuration and without an ADTS header");
        }
    }

    private static int rate(int index) throws MalformedException {
        if (index >= RATES.length) {
            throw new MalformedException(
                    "AAC sampling rate index " + index + "; 0 to " + (RATES.length - 1) + " expected");
        }
        return RATES[index];
    }

    private static int channels(int configuration) throws MediaException {
        if (configuration == 0) {
            throw new UnsupportedException("AAC with a channel layout of its own (program_config_element)");
        }
        return switch (configuration) {
            case 1, 2, 3, 4, 5, 6 -> configuration;
            case 7, 12, 14 -> 8;
            case 11 -> 7;
            default -> throw new MalformedException("AAC channel configuration " + configuration);
        };
    }

    /** Bits from the most significant on. */
    private static final class BitReader {
        private final byte[] bytes;
        private int at;

        BitReader(byte[] bytes) {
            this.bytes = bytes;
        }

        int read(int count) throws MalformedException {
            int value = 0;
            for (int i = 0; i < count; i++, at++) {
                if (at >= bytes.length * 8) {
                    throw new MalformedException("an AudioSpecificConfig of " + bytes.length + " bytes ends too early");
                }
                value = (value << 1) | ((bytes[at / 8] >> (7 - at % 8)) & 1);
            }
            return value;
        }
    }
}
