package org.camseal.authority.register;

import java.math.BigInteger;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.camseal.identity.CertificateProfile;

/** Certificates of lines, operators and servers. */
final class CredentialTable {
    private CredentialTable() {}

    static void add(
            Statements statements, CertificateProfile kind, String holder, X509Certificate certificate, Instant at)
            throws SQLException {
        try {
            statements.update(
                    "INSERT INTO credentials (number, kind, holder, not_after, der, added_at) VALUES (?,?,?,?,?,?)",
                    CertificateRow.bytes(certificate.getSerialNumber()),
                    Credential.label(kind),
                    holder,
                    certificate.getNotAfter().toInstant().toEpochMilli(),
                    certificate.getEncoded(),
                    at.toEpochMilli());
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("a certificate that was made can be written", e);
        }
    }

    /** Takes back all that a holder has; how many those were. */
    static int revoke(Statements statements, CertificateProfile kind, String holder, Instant at) throws SQLException {
        return statements.update(
                "UPDATE credentials SET revoked_at = ? WHERE kind = ? AND holder = ? AND revoked_at IS NULL",
                at.toEpochMilli(),
                Credential.label(kind),
                holder);
    }

    static List<Credential> list(Statements statements) throws SQLException {
        return statements.list(
                "SELECT number, kind, holder, not_after, revoked_at FROM credentials ORDER BY holder, added_at",
                CredentialTable::read);
    }

    private static Credential read(ResultSet row) throws SQLException {
        long revokedAt = row.getLong("revoked_at");
        Optional<Instant> revoked = row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(revokedAt));
        return new Credential(
                new BigInteger(1, row.getBytes("number")),
                CertificateProfile.valueOf(row.getString("kind").toUpperCase(Locale.ROOT)),
                row.getString("holder"),
                Instant.ofEpochMilli(row.getLong("not_after")),
                revoked);
    }
}
