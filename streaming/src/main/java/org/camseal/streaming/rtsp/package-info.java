/** RTSP 1.0 messages (RFC 2326), interleaved frames, and logins by Digest (RFC 7616) and Basic (RFC 7617), as pure codecs. */
@NullMarked
package org.camseal.streaming.rtsp;

import org.jspecify.annotations.NullMarked;
