package org.camseal.authority.register;

import java.math.BigInteger;
import java.security.cert.CRLReason;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.Consumer;
import org.camseal.authority.AuthorityException;
import org.camseal.authority.status.CertificateStatus;
import org.camseal.authority.status.CertificateStatuses;
import org.camseal.authority.status.Revoked;

/** The register's view of one issuing authority's certificates. */
final class RegisterStatuses implements CertificateStatuses {
    private static final String COLUMNS = "number, state, revoked_at, reason, invalid_since";

    /** Rows that a database sends at a time: a list may have millions. */
    private static final int FETCH = 5_000;

    private final Readers readers;
    private final int issuer;

    RegisterStatuses(Readers readers, int issuer) {
        this.readers = readers;
        this.issuer = issuer;
    }

    @Override
    public Optional<CertificateStatus> of(BigInteger certificateSerial) throws AuthorityException {
        return readers.read(statements -> statements.one(
                "SELECT " + COLUMNS + " FROM certificates WHERE number = ? AND issuer = ? AND state > 0",
                row -> CertificateRow.State.of(row.getInt("state")) == CertificateRow.State.REVOKED
                        ? revoked(row)
                        : new CertificateStatus.Good(),
                CertificateRow.bytes(certificateSerial),
                issuer));
    }

    @Override
    public void forEachRevoked(Consumer<Revoked> consumer) throws AuthorityException {
        boolean _ = readers.read(statements -> {
            try (var select = statements
                    .connection()
                    .prepareStatement("SELECT " + COLUMNS
                            + " FROM certificates WHERE revocation IS NOT NULL AND issuer = ? ORDER BY revocation")) {
                select.setFetchSize(FETCH);
                select.setInt(1, issuer);
                try (ResultSet row = select.executeQuery()) {
                    while (row.next()) {
                        consumer.accept(revoked(row));
                    }
                }
            }
            return true;
        });
    }

    @SuppressWarnings("EnumOrdinal") // RFC 5280 section 5.3.1 numbers the reasons in this order
    static Revoked revoked(ResultSet row) throws SQLException {
        long since = row.getLong("invalid_since");
        Optional<Instant> invalid = row.wasNull()
                ? Optional.empty()
                : Optional.of(Instant.ofEpochMilli(since).truncatedTo(ChronoUnit.SECONDS));
        return new Revoked(
                new BigInteger(1, row.getBytes("number")),
                Instant.ofEpochMilli(row.getLong("revoked_at")).truncatedTo(ChronoUnit.SECONDS),
                CRLReason.values()[row.getInt("reason")],
                invalid);
    }
}
