package org.camseal.camera;

import org.camseal.manifest.StreamId;

/**
 * One stream of one camera.
 *
 * @param stream the camera's serial number, which its certificates must name, and the stream's name
 * @param source where the pictures come from
 * @param signing whether the video inside is signed
 * @param sealing for whom
 * @param delivery to whom
 * @param backoff how a source that breaks is tried again
 */
public record CameraSettings(
        StreamId stream, Source source, Signing signing, Sealing sealing, Delivery delivery, Backoff backoff) {
    /** The stream's name where nothing else is said. */
    public static final String DEFAULT_STREAM = "main";

    /** The stream "main", signed and sealed, tried again after 1 to 30 s. */
    public static CameraSettings of(String serial, Source source, Sealing sealing, Delivery delivery) {
        return new CameraSettings(
                new StreamId(serial, DEFAULT_STREAM), source, Signing.by(serial), sealing, delivery, Backoff.STANDARD);
    }

    /** The same with other signing. */
    public CameraSettings with(Signing other) {
        return new CameraSettings(stream, source, other, sealing, delivery, backoff);
    }

    /** Where readers find the stream: a slash and its name. */
    public String path() {
        return "/" + stream.stream();
    }
}
