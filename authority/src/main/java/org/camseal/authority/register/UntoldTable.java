package org.camseal.authority.register;

import java.math.BigInteger;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.camseal.identity.KeyDigest;

/** Revocations that somebody else has not been told of; found by an index that has only these. */
final class UntoldTable {
    private static final String SELECT = "SELECT " + CertificateRow.COLUMNS
            + ", revoked_at, reason, invalid_since, revocation FROM certificates WHERE state = 3 AND told IS NULL"
            + " AND issuer = (SELECT id FROM issuers WHERE key_digest = ?) ";

    private UntoldTable() {}

    static List<Untold> after(Statements statements, KeyDigest issuer, long revocation, int most) throws SQLException {
        return statements.list(
                SELECT + "AND revocation > ? ORDER BY revocation LIMIT " + most,
                UntoldTable::read,
                issuer.bytes(),
                revocation);
    }

    static Optional<Untold> byNumber(Statements statements, KeyDigest issuer, BigInteger number) throws SQLException {
        return statements.one(
                SELECT + "AND number = ?", UntoldTable::read, issuer.bytes(), CertificateRow.bytes(number));
    }

    /** False if that was written before. */
    static boolean setTold(Statements statements, long id) throws SQLException {
        return statements.update("UPDATE certificates SET told = 1 WHERE id = ? AND state = 3 AND told IS NULL", id)
                == 1;
    }

    private static Untold read(ResultSet row) throws SQLException {
        return new Untold(CertificateRow.read(row), RegisterStatuses.revoked(row), row.getLong("revocation"));
    }
}
