package org.camseal.authority.status;

import java.math.BigInteger;
import java.security.cert.CRLReason;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * That a certificate counts no more, for good.
 *
 * @param certificateSerial the certificate's serial number: positive, at most 20 bytes
 * @param at when the authority revoked it; whole seconds
 * @param reason why; {@link CRLReason#CERTIFICATE_HOLD}, {@link CRLReason#REMOVE_FROM_CRL} and {@link CRLReason#UNUSED} are no reasons
 *     here, because nothing that was revoked comes back
 * @param invalidityDate from when on its key must not be believed, where that is known to differ; whole seconds
 */
public record Revoked(BigInteger certificateSerial, Instant at, CRLReason reason, Optional<Instant> invalidityDate)
        implements CertificateStatus {
    private static final int MAX_SERIAL_BYTES = 20; // RFC 5280 section 4.1.2.2
    private static final Set<CRLReason> NOT_FOR_GOOD =
            EnumSet.of(CRLReason.CERTIFICATE_HOLD, CRLReason.REMOVE_FROM_CRL, CRLReason.UNUSED);

    /**
     * @throws IllegalArgumentException if a part is not of that form
     */
    public Revoked {
        if (certificateSerial.signum() <= 0 || certificateSerial.toByteArray().length > MAX_SERIAL_BYTES) {
            throw new IllegalArgumentException("a certificate's serial number is positive and has at most 20 bytes");
        }
        if (NOT_FOR_GOOD.contains(reason)) {
            throw new IllegalArgumentException(reason + " is no reason that lasts");
        }
        requireWholeSeconds(at);
        invalidityDate.ifPresent(Revoked::requireWholeSeconds);
    }

    private static void requireWholeSeconds(Instant instant) {
        if (!instant.truncatedTo(ChronoUnit.SECONDS).equals(instant)) {
            throw new IllegalArgumentException(instant + " has parts of a second, which lists do not carry");
        }
    }
}
