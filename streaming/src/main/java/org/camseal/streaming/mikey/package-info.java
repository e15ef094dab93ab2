/**
 * MIKEY (RFC 3830) as cameras and their readers use it: one unprotected message inside TLS that carries an SRTP master key, in a session
 * description or a KeyMgmt header (RFC 4567), with the parameters of RFC 6188 and RFC 7714. A pure codec.
 *
 * <p>Refused: every key that would have to be decrypted or derived (other exchanges, TGK), ciphers and lengths that
 * {@link org.camseal.streaming.srtp.SrtpProfile} does not name, and policies that leave packets clear or unauthenticated. Outside TLS such a
 * message protects nothing: who calls this must see to that.
 */
@NullMarked
package org.camseal.streaming.mikey;

import org.jspecify.annotations.NullMarked;
