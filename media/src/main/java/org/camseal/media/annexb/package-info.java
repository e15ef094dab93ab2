/**
 * NAL units in a row: the byte stream format of ITU-T H.264 and H.265 annex B, the length-prefixed format of ISO/IEC 14496-15, and
 * the grouping of NAL units to access units.
 */
@NullMarked
package org.camseal.media.annexb;

import org.jspecify.annotations.NullMarked;
