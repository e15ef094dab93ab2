package org.camseal.authority.register;

import java.math.BigInteger;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.camseal.identity.CertificateProfile;

/**
 * A certificate of the operations side: a line's, an operator's or the server's. Only those that stand here count, however well they are
 * signed.
 *
 * @param number the certificate's serial number
 * @param kind LINE, OPERATOR or AUTHORITY_SERVER
 * @param holder the line's or operator's id
 * @param revokedAt when it was taken back
 */
public record Credential(
        BigInteger number, CertificateProfile kind, String holder, Instant notAfter, Optional<Instant> revokedAt) {
    static String label(CertificateProfile kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }
}
