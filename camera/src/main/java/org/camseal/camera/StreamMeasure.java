package org.camseal.camera;

import java.util.Optional;
import org.camseal.media.NalUnit;

/**
 * What a stream's video is like, measured over its last whole groups of pictures: ten seconds of them, or one that is longer.
 *
 * @param picturesPerSecond more than 0
 * @param kilobitsPerSecond of video as it is sent, sealed, without what RTP adds
 * @param groupLength pictures from one key picture to the next, in the longest of those groups
 * @param sequence the sequence parameter set that stood in front of a key picture last; empty if none does
 */
public record StreamMeasure(
        double picturesPerSecond, int kilobitsPerSecond, int groupLength, Optional<NalUnit> sequence) {}
