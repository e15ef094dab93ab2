package org.camseal.media;

import java.time.Instant;

/**
 * What belongs to one instant of one track: one coded picture ({@link VideoUnit}) or one audio frame ({@link AudioUnit}), clear or
 * sealed.
 */
public sealed interface AccessUnit permits VideoUnit, AudioUnit {
    /** The number of the track it belongs to, 1 to 255. */
    int track();

    /** When it is decoded: never decreases along a track. */
    MediaTime decodeTime();

    /** When it is shown or heard; equals the decode time but for pictures that are sent out of order. */
    MediaTime presentationTime();

    /** UTC time of capture, as well as the source knows it. */
    Instant capturedAt();

    /** Bytes of payload: the sum of the NAL units' lengths, or the frame's length. */
    int sizeBytes();
}
