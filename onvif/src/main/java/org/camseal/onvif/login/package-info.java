/**
 * Who asks and what they may: HTTP Digest (RFC 7616), the username token of WS-Security where an account has opted in, and the access
 * classes of the ONVIF Core Specification.
 *
 * <p>Refuses: passwords in clear, replays, stale tokens, Digest with MD5 unless it was switched on.
 */
@NullMarked
package org.camseal.onvif.login;

import org.jspecify.annotations.NullMarked;
