package org.camseal.streaming.rtp;

import org.camseal.streaming.ProtocolException;

/**
 * How wide the fields of an AU-header are (RFC 3640 section 3.2.1).
 *
 * @param sizeLength bits of AU-size, 1 to 16
 * @param indexLength bits of AU-Index, 0 to 16
 * @param indexDeltaLength bits of AU-Index-delta, 0 to 16
 */
public record AacLayout(int sizeLength, int indexLength, int indexDeltaLength) {
    /** AAC-hbr: 13, 3, 3 (section 3.3.6). */
    public static final AacLayout HIGH_BIT_RATE = new AacLayout(13, 3, 3);

    public AacLayout {
        if (sizeLength < 1
                || sizeLength > 16
                || indexLength < 0
                || indexLength > 16
                || indexDeltaLength < 0
                || indexDeltaLength > 16) {
            throw new IllegalArgumentException("AU-header fields of " + sizeLength + ", " + indexLength + ", "
                    + indexDeltaLength + " bits; at most 16 each expected");
        }
    }

    /** The layout from outside, such as a session description. */
    public static AacLayout of(int sizeLength, int indexLength, int indexDeltaLength) throws ProtocolException {
        try {
            return new AacLayout(sizeLength, indexLength, indexDeltaLength);
        } catch (IllegalArgumentException e) {
            throw new ProtocolException(e.getMessage() + " (RFC 3640 section 3.2.1)", e);
        }
    }
}
