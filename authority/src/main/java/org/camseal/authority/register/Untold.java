package org.camseal.authority.register;

import org.camseal.authority.status.Revoked;

/**
 * A certificate that was revoked here, and whose issuer, the authority behind this one, has not been told.
 *
 * @param revocation its place in the order of revocations
 */
public record Untold(CertificateRow certificate, Revoked revoked, long revocation) {}
