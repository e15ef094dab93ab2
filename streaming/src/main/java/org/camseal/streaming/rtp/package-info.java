/** RTP and RTCP (RFC 3550) and the payload formats of H.264 (RFC 6184), H.265 (RFC 7798), AAC (RFC 3640), G.711 (RFC 3551) and Opus (RFC 7587), as pure codecs. */
@NullMarked
package org.camseal.streaming.rtp;

import org.jspecify.annotations.NullMarked;
