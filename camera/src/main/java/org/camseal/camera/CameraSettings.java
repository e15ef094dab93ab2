package org.camseal.camera;

import org.camseal.manifest.StreamId;

/**
 * One stream of one camera.
 *
 * @param stream the camera's serial number, which its certificates must name, and the stream's name
 * @param source where the pictures come from
 * @param sealing for whom
 * @param delivery to whom
 * @param backoff how a source that breaks is tried again
 */
public record CameraSettings(StreamId stream, Source source, Sealing sealing, Delivery delivery, Backoff backoff) {
    /** The stream's name where nothing else is said. */
    public static final String DEFAULT_STREAM = "main";

    /** The stream "main", tried again after 1 to 30 s. */
    public static CameraSettings of(String serial, Source source, Sealing sealing, Delivery delivery) {
        return new CameraSettings(new StreamId(serial, DEFAULT_STREAM), source, sealing, delivery, Backoff.STANDARD);
    }

    /** Where readers find the stream: a slash and its name. */
    public String path() {
        return "/" + stream.stream();
    }
}
