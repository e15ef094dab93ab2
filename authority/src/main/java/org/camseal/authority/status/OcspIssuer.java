package org.camseal.authority.status;

import java.security.cert.X509Certificate;
import java.util.function.Supplier;

/**
 * An issuing authority whose certificates are answered for.
 *
 * @param certificate its own
 * @param signer who signs at the moment; asked for each answer, because delegates are replaced every month
 * @param statuses what it knows
 */
public record OcspIssuer(X509Certificate certificate, Supplier<OcspSigner> signer, CertificateStatuses statuses) {}
