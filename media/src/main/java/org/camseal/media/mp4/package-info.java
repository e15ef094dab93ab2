/**
 * MP4: the file in which a frame rests. {@link org.camseal.media.mp4.FragmentedMp4Writer} writes recordings that survive a power
 * cut, {@link org.camseal.media.mp4.FragmentedMp4} makes the same bytes for a browser, and {@link org.camseal.media.mp4.Mp4Reader}
 * reads these and the plain and fragmented files of others.
 *
 * <p>Video may be sealed: nothing here looks into a slice beyond the type in its NAL unit header. Follows ISO/IEC 14496-12 (boxes),
 * -14 (MPEG-4 audio), -15 (H.264 and H.265), the Opus mapping "Encapsulation of Opus in ISO Base Media File Format" 0.6.8, and for
 * reading the QuickTime sound descriptions. Refuses to guess: what a file lacks, or says twice differently, is an error.
 */
@NullMarked
package org.camseal.media.mp4;

import org.jspecify.annotations.NullMarked;
