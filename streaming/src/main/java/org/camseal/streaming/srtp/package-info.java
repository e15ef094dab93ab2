/**
 * SRTP and SRTCP (RFC 3711, RFC 6188, RFC 7714) as a pure codec: packets and keys in, packets out; no socket, no thread, no clock. Who
 * agrees on the keys is another's business (package {@code mikey}).
 *
 * <p>Refused: packets that are not authentic, were there before, or are cut short; each ends in an answer that says so. Not offered: the
 * NULL cipher, packets without authentication, a key derivation rate other than zero.
 */
@NullMarked
package org.camseal.streaming.srtp;

import org.jspecify.annotations.NullMarked;
