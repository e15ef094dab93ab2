package org.camseal.authority;

import java.math.BigInteger;
import java.security.cert.CRLReason;
import java.time.Instant;
import java.util.Optional;

/**
 * One wish that one certificate count no more, whatever protocol brought it.
 *
 * @param certificateSerial the certificate's own number under the issuing authority, positive; not the camera's serial
 * @param reason RFC 5280 section 5.3.1; one that lasts
 * @param invalidityDate since when the key is known or suspected not to be the camera's alone, if that is not now; whole seconds
 * @param protocol for the audit log: "CMP rr"
 */
public record RevocationRequest(
        BigInteger certificateSerial, CRLReason reason, Optional<Instant> invalidityDate, String protocol) {}
