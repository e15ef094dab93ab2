/**
 * The nouns of the journey: tracks, access units, NAL units, media time, and the containers that carry them.
 *
 * <p>Everything here is about clear or sealed video alike; nothing here knows a key. Parsers follow ITU-T H.264, H.265 and
 * ISO/IEC 14496-12/-14/-15, are bounded in time and memory, and end in a {@link org.camseal.media.MediaException} on bad input.
 */
@NullMarked
package org.camseal.media;

import org.jspecify.annotations.NullMarked;
