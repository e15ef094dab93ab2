package org.camseal.media.mp4;

import org.camseal.media.MediaTime;

/**
 * One sample: where it lies and when it plays.
 *
 * @param offset in the file
 * @param size in bytes
 * @param decode on the track's clock, edit list applied
 * @param presentation on the track's clock, edit list applied
 * @param duration in ticks of the track's clock
 * @param detail what only our own files say
 */
record Sample(
        MovieTrack track,
        long offset,
        long size,
        MediaTime decode,
        MediaTime presentation,
        long duration,
        UnitDetail.Entry detail) {}
