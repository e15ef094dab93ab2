package org.camseal.manifest;

import java.nio.charset.StandardCharsets;

/**
 * Which stream of which camera.
 *
 * @param camera the device serial number, 1 to 64 bytes in UTF-8, without control characters
 * @param stream the stream's name in the camera, such as "main", 1 to 32 bytes in UTF-8, without control characters
 */
public record StreamId(String camera, String stream) {
    private static final int CAMERA_BYTES = 64;
    private static final int STREAM_BYTES = 32;

    public StreamId {
        if (!isCamera(camera)) {
            throw new IllegalArgumentException("camera id: 1 to 64 bytes of UTF-8 without control characters expected");
        }
        if (!isStream(stream)) {
            throw new IllegalArgumentException("stream: 1 to 32 bytes of UTF-8 without control characters expected");
        }
    }

    /** True if the text can be a camera id. */
    public static boolean isCamera(String text) {
        return isPlain(text, CAMERA_BYTES);
    }

    /** True if the text can be a stream's name. */
    public static boolean isStream(String text) {
        return isPlain(text, STREAM_BYTES);
    }

    private static boolean isPlain(String text, int limit) {
        int length = text.getBytes(StandardCharsets.UTF_8).length;
        return length >= 1
                && length <= limit
                && text.codePoints()
                        .noneMatch(c -> Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE);
    }

    @Override
    public String toString() {
        return camera + "/" + stream;
    }
}
