package org.camseal.signing.wire;

import java.nio.charset.StandardCharsets;

/**
 * What an SEI says of the device (docs/spec/media-signing.md, tag 5). Written by whoever made the video: not to be printed as it is.
 *
 * @param firmwareVersion at most 255 bytes in UTF-8; a parameter-set digest may stand at its end
 * @param serialNumber at most 255 bytes in UTF-8
 * @param manufacturer at most 255 bytes in UTF-8
 */
public record VendorInfo(String firmwareVersion, String serialNumber, String manufacturer) {
    /** Most bytes that each of the three can have. */
    public static final int MAX_BYTES = 255;

    public VendorInfo {
        requireShort(firmwareVersion);
        requireShort(serialNumber);
        requireShort(manufacturer);
    }

    private static void requireShort(String text) {
        // A text read from outside may have become longer by replacement characters; it is then never written again.
        if (text.length() > MAX_BYTES) {
            throw new IllegalArgumentException(
                    "a text of " + text.length() + " characters; at most 255 bytes expected");
        }
    }

    static byte[] bytesOf(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > MAX_BYTES) {
            throw new IllegalArgumentException("a text of " + bytes.length + " bytes; at most 255 expected");
        }
        return bytes;
    }
}
