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

    /** The reason as lists, OCSP and the log carry it (RFC 5280 section 5.3.1). */
    public int reasonNumber() {
        return number(reason);
    }

    /** The reason of that number; empty if there is none, or none that lasts. */
    public static Optional<CRLReason> reasonOf(int number) {
        return EnumSet.complementOf(EnumSet.copyOf(NOT_FOR_GOOD)).stream()
                .filter(reason -> number(reason) == number)
                .findFirst();
    }

    private static int number(CRLReason reason) {
        return switch (reason) {
            case UNSPECIFIED -> 0;
            case KEY_COMPROMISE -> 1;
            case CA_COMPROMISE -> 2;
            case AFFILIATION_CHANGED -> 3;
            case SUPERSEDED -> 4;
            case CESSATION_OF_OPERATION -> 5;
            case CERTIFICATE_HOLD -> 6;
            case UNUSED -> 7;
            case REMOVE_FROM_CRL -> 8;
            case PRIVILEGE_WITHDRAWN -> 9;
            case AA_COMPROMISE -> 10;
        };
    }

    private static void requireWholeSeconds(Instant instant) {
        if (!instant.truncatedTo(ChronoUnit.SECONDS).equals(instant)) {
            throw new IllegalArgumentException(instant + " has parts of a second, which lists do not carry");
        }
    }
}
