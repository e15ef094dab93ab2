/**
 * What has become of a certificate: the revocation list (RFC 5280 section 5) and answers to single questions (OCSP, RFC 6960), both derived
 * from the register through {@link org.camseal.authority.status.CertificateStatuses}. Nothing here decides who is revoked.
 *
 * <p>Recordings are judged at the time they were made, for ever: revoked certificates never leave the list.
 */
@NullMarked
package org.camseal.authority.status;

import org.jspecify.annotations.NullMarked;
