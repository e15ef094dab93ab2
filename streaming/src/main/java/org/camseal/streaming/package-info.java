/**
 * Live video between machines: RTSP (RFC 2326), SDP (RFC 8866), RTP and RTCP (RFC 3550), over TCP, TLS and UDP,
 * to a group, and through HTTP and WebSocket.
 *
 * <p>The packages {@code rtsp}, {@code sdp}, {@code rtp} and {@code tunnel} are pure codecs: bytes in, values out, no socket, no thread, no
 * clock.
 * {@code server} and {@code client} add sockets and virtual threads. Clear and sealed video are carried alike: nothing here looks
 * behind the header of a NAL unit, and NAL units arrive bit for bit as they were sent. Refused: media outside TLS on an RTSPS
 * connection, and MD5 logins unless {@link org.camseal.streaming.LegacyDigest#MD5} is asked for by name.
 */
@NullMarked
package org.camseal.streaming;

import org.jspecify.annotations.NullMarked;
