package org.camseal.authority.status;

import java.security.cert.X509Certificate;
import org.camseal.identity.KeyHandle;

/**
 * Who signs status answers: a delegate of the issuing authority, so that its own key is not asked all day long (RFC 6960 section 4.2.2.2).
 *
 * @param key the delegate's
 * @param certificate its certificate, issued by the issuing authority itself, with id-kp-OCSPSigning and id-pkix-ocsp-nocheck
 */
public record OcspSigner(KeyHandle key, X509Certificate certificate) {}
