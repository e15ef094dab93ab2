/** RTSP, SDP, RTP, RTCP as pure codecs; server and client sockets apart. */
@NullMarked
package org.camseal.streaming;

import org.jspecify.annotations.NullMarked;
