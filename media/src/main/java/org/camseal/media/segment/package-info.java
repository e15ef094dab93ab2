/**
 * Recordings as segments: files of fragmented MP4 named after the UTC time at which they begin, a directory for each day. What a recorder keeps
 * for years and what a camera keeps on its card for days is written by the same {@link org.camseal.media.segment.SegmentWriter} and has the same
 * shape. Refuses to decide what is kept, and for how long: that is its owner's.
 */
@NullMarked
package org.camseal.media.segment;

import org.jspecify.annotations.NullMarked;
