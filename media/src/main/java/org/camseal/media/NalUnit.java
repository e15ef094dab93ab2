package org.camseal.media;

import java.util.Arrays;

/**
 * One NAL unit of H.264 or H.265: from its header to its last byte, emulation prevention bytes in place, without start code or
 * length field (ITU-T H.264 section 7.3.1, H.265 section 7.3.1.1).
 *
 * <p>Immutable by agreement: the array is shared, not copied, because a frame passes many hands; whoever reads {@link #bytes()}
 * never writes to it.
 */
public final class NalUnit {
    /** Bytes of a NAL unit's header: 1 in H.264, 2 in H.265. */
    public static int headerLength(Codec codec) {
        return codec == Codec.H265 ? 2 : 1;
    }

    private final Codec codec;
    private final byte[] bytes;

    private NalUnit(Codec codec, byte[] bytes) {
        this.codec = codec;
        this.bytes = bytes;
    }

    /**
     * Takes the array over.
     *
     * @throws IllegalArgumentException for a codec without NAL units, or fewer bytes than a header has
     */
    public static NalUnit of(Codec codec, byte[] bytes) {
        if (!codec.isVideo()) {
            throw new IllegalArgumentException(codec + " has no NAL units");
        }
        if (bytes.length < headerLength(codec)) {
            throw new IllegalArgumentException("a NAL unit of " + bytes.length + " bytes has no header");
        }
        return new NalUnit(codec, bytes);
    }

    public Codec codec() {
        return codec;
    }

    /** nal_unit_type: 0 to 31 in H.264, 0 to 63 in H.265. */
    public int type() {
        return codec == Codec.H265 ? (bytes[0] >> 1) & 0x3f : bytes[0] & 0x1f;
    }

    /** The unit's own bytes, header first; shared, never to be written to. */
    public byte[] bytes() {
        return bytes;
    }

    public int length() {
        return bytes.length;
    }

    /** True for coded picture data: H.264 types 1 to 5 (and 20, 21), H.265 types 0 to 31. */
    public boolean isSlice() {
        int type = type();
        return codec == Codec.H265 ? type < 32 : (type >= 1 && type <= 5) || type == 20 || type == 21;
    }

    /** True for a slice of a picture that decoding can start at: H.264 IDR, H.265 IRAP (BLA, IDR, CRA). */
    public boolean isKeySlice() {
        int type = type();
        return codec == Codec.H265 ? type >= 16 && type <= 23 : type == 5;
    }

    /** True for SPS, PPS, and VPS in H.265, and H.264's SPS extension and subset SPS. */
    public boolean isParameterSet() {
        int type = type();
        return codec == Codec.H265 ? type >= 32 && type <= 34 : type == 7 || type == 8 || type == 13 || type == 15;
    }

    /** True for an SPS: H.264 type 7, H.265 type 33. */
    public boolean isSequenceParameterSet() {
        return type() == (codec == Codec.H265 ? 33 : 7);
    }

    /** True for supplemental enhancement information; in H.265 the prefix and the suffix kind. */
    public boolean isSei() {
        int type = type();
        return codec == Codec.H265 ? type == 39 || type == 40 : type == 6;
    }

    /** True for an access unit delimiter. */
    public boolean isDelimiter() {
        return type() == (codec == Codec.H265 ? 35 : 9);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof NalUnit nal && nal.codec == codec && Arrays.equals(nal.bytes, bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return codec + " NAL unit type " + type() + ", " + bytes.length + " bytes";
    }
}
