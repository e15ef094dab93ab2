package org.camseal.manifest;

import java.util.Arrays;
import org.camseal.media.Codec;

/**
 * The clear bytes in front of a sealed audio frame (docs/spec/sealed-video.md, audio): enough for a muxer to carry the frame, nothing of
 * its sound.
 *
 * <ul>
 *   <li>AAC: one byte that is not the source's, E0. It reads as an ID_END element, so a decoder without the key meets an empty frame, and
 *       no muxer takes random bytes for an ADTS sync word. The whole frame is sealed.
 *   <li>Opus: the TOC byte, and the frame count byte where the TOC's code is 3 (RFC 6716 section 3.2.5), so that durations can be read. The rest is
 *       sealed.
 *   <li>G.711: none. The whole frame is sealed.
 * </ul>
 */
public final class AudioPrefix {
    private static final byte AAC_ID_END = (byte) 0xe0;
    private static final byte[] NONE = {};

    private AudioPrefix() {}

    /**
     * The prefix of the sealed frame that a clear frame becomes.
     *
     * @throws ManifestException.Malformed for an Opus packet without its TOC or frame count byte
     */
    public static byte[] ofClear(Codec codec, byte[] frame) throws ManifestException.Malformed {
        return switch (codec) {
            case AAC -> new byte[] {AAC_ID_END};
            case OPUS -> Arrays.copyOf(frame, opusLength(frame));
            case PCMA, PCMU -> NONE;
            case H264, H265 -> throw new IllegalArgumentException(codec + " is not audio");
        };
    }

    /** How many of the prefix's bytes are the clear frame's own, and so not sealed: 0 for AAC and G.711, 1 or 2 for Opus. */
    public static int takenFromClear(Codec codec, byte[] prefix) {
        return codec == Codec.OPUS ? prefix.length : 0;
    }

    /**
     * The prefix of a sealed frame.
     *
     * @throws ManifestException.Malformed if the frame does not begin as a sealed frame of this codec does
     */
    public static byte[] ofSealed(Codec codec, byte[] sealed) throws ManifestException.Malformed {
        return switch (codec) {
            case AAC -> {
                if (sealed.length < 1 || sealed[0] != AAC_ID_END) {
                    throw new ManifestException.Malformed("an AAC frame that does not begin with the byte E0");
                }
                yield new byte[] {AAC_ID_END};
            }
            case OPUS -> Arrays.copyOf(sealed, opusLength(sealed));
            case PCMA, PCMU -> NONE;
            case H264, H265 -> throw new IllegalArgumentException(codec + " is not audio");
        };
    }

    private static int opusLength(byte[] frame) throws ManifestException.Malformed {
        int length = frame.length > 0 && (frame[0] & 3) == 3 ? 2 : 1;
        if (frame.length < length) {
            throw new ManifestException.Malformed("an Opus packet of " + frame.length
                    + " bytes; a TOC byte, and behind code 3 a frame count byte expected (RFC 6716 section 3.2)");
        }
        return length;
    }
}
