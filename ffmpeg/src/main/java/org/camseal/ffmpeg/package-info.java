/** The one place that loads the bundled FFmpeg libraries: read containers, encode, decode. */
@NullMarked
package org.camseal.ffmpeg;

import org.jspecify.annotations.NullMarked;
