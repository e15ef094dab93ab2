/**
 * ITU-T H.264: parameter sets and slice headers, read exactly as far as a slice header and the order of pictures need it.
 *
 * <p>Refused are data partitions, and the slices of the scalable and multi-view extensions.
 */
@NullMarked
package org.camseal.media.h264;

import org.jspecify.annotations.NullMarked;
