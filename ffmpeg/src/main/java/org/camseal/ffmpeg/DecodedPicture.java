package org.camseal.ffmpeg;

import org.camseal.media.MediaTime;

/**
 * A picture that a {@link Decoder} made.
 *
 * @param time of its presentation
 * @param damaged true where the decoder met errors and guessed a part of it
 */
public record DecodedPicture(Picture picture, MediaTime time, boolean damaged) {}
