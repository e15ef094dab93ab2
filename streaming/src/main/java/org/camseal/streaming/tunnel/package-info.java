/**
 * RTSP inside HTTP: the GET and POST pair in base64 that QuickTime began and ONVIF asks for, and WebSocket (RFC 6455) with ONVIF's
 * subprotocol. Streams over streams: no socket, no thread, no clock.
 *
 * <p>Refused: frames that are not masked, extensions, text, messages for which there is no request, and pages of other origins.
 */
@NullMarked
package org.camseal.streaming.tunnel;

import org.jspecify.annotations.NullMarked;
