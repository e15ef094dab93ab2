package org.camseal.authority.register;

import java.math.BigInteger;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.camseal.authority.status.Revoked;
import org.camseal.identity.CertificateProfile;
import org.camseal.identity.KeyDigest;
import org.jspecify.annotations.Nullable;

/** Certificates and intents. */
final class CertificateTable {
    private static final String SELECT = "SELECT " + CertificateRow.COLUMNS + " FROM certificates ";

    /** An intent; the constraints refuse one for a serial that has one already, or for a key that is known. */
    private static final String INTEND = "INSERT INTO certificates (" + CertificateRow.COLUMNS
            + ", intent_at) VALUES (?,?,?,?,?,?,?,?,0,?,?,NULL,?,?)";

    /** The intent becomes the certificate. */
    private static final String ISSUE =
            "UPDATE certificates SET state = 1, der = ?, number = ?, key = NULL, issued_at = ? WHERE id = ? AND state = 0";

    private CertificateTable() {}

    /** Of {@link #intended}. */
    static Batch intents() {
        String columns =
                "id, serial, profile, maker, model, key_digest, number, issuer, requester, key, replaces, intent_at";
        return new Batch(
                INTEND,
                "INSERT INTO certificates (" + columns + ", state) SELECT " + columns + ", 0 FROM @ROWS AS more ("
                        + columns + ")",
                Batch.Column.BIGINT,
                Batch.Column.TEXT,
                Batch.Column.INTEGER,
                Batch.Column.TEXT,
                Batch.Column.TEXT,
                Batch.Column.BYTES,
                Batch.Column.BYTES,
                Batch.Column.INTEGER,
                Batch.Column.TEXT,
                Batch.Column.BYTES,
                Batch.Column.BIGINT,
                Batch.Column.BIGINT);
    }

    /** Of {@link #issued}. */
    static Batch certificates() {
        return new Batch(
                ISSUE,
                "UPDATE certificates AS intent SET state = 1, der = more.der, number = more.number, key = NULL,"
                        + " issued_at = more.issued_at FROM @ROWS AS more (der, number, issued_at, id)"
                        + " WHERE intent.id = more.id AND intent.state = 0",
                Batch.Column.BYTES,
                Batch.Column.BYTES,
                Batch.Column.BIGINT,
                Batch.Column.BIGINT);
    }

    /** The values of {@link #INTEND}. */
    static @Nullable Object[] intended(CertificateRow row, Instant at) {
        return new @Nullable Object[] {
            row.id(),
            row.subject().serial(),
            CertificateRow.number(row.profile()),
            row.subject().organization(),
            row.subject().name(),
            row.key().bytes(),
            CertificateRow.bytes(row.number()),
            row.issuer(),
            row.requester(),
            row.publicKey().orElseThrow(),
            row.replaces().orElse(null),
            at.toEpochMilli()
        };
    }

    /** The values of {@link #ISSUE}. */
    static @Nullable Object[] issued(long id, BigInteger number, byte[] der, Instant at) {
        return new @Nullable Object[] {der, CertificateRow.bytes(number), at.toEpochMilli(), id};
    }

    /** Tries to write an intent; false if a constraint says that the serial has one already, or that the key is known. */
    static boolean intend(Statements statements, CertificateRow row, Instant at) throws SQLException {
        return statements.update(INTEND + " ON CONFLICT DO NOTHING", intended(row, at)) == 1;
    }

    /** The intent becomes the certificate; false if it is no intent any more. */
    static boolean issue(Statements statements, long id, BigInteger number, byte[] der, Instant at)
            throws SQLException {
        return statements.update(ISSUE, issued(id, number, der, at)) == 1;
    }

    static boolean setBeingReplaced(Statements statements, long id) throws SQLException {
        return statements.update("UPDATE certificates SET state = 2 WHERE id = ? AND state = 1", id) == 1;
    }

    @SuppressWarnings("EnumOrdinal") // RFC 5280 section 5.3.1 numbers the reasons in this order
    static boolean revoke(Statements statements, long id, Revoked revoked, long revocation) throws SQLException {
        return statements.update(
                        "UPDATE certificates SET state = 3, revoked_at = ?, reason = ?, invalid_since = ?, revocation = ?"
                                + " WHERE id = ? AND state IN (1, 2)",
                        revoked.at().toEpochMilli(),
                        revoked.reason().ordinal(),
                        revoked.invalidityDate().map(Instant::toEpochMilli).orElse(null),
                        revocation,
                        id)
                == 1;
    }

    static Optional<CertificateRow> live(Statements statements, String serial, CertificateProfile profile)
            throws SQLException {
        return statements.one(
                SELECT + "WHERE serial = ? AND profile = ? AND state < 2",
                CertificateRow::read,
                serial,
                CertificateRow.number(profile));
    }

    static Optional<CertificateRow> byKey(Statements statements, KeyDigest key) throws SQLException {
        return statements.one(SELECT + "WHERE key_digest = ?", CertificateRow::read, key.bytes());
    }

    static Optional<CertificateRow> byNumber(Statements statements, BigInteger number) throws SQLException {
        return statements.one(SELECT + "WHERE number = ?", CertificateRow::read, CertificateRow.bytes(number));
    }

    static Optional<CertificateRow> byId(Statements statements, long id) throws SQLException {
        return statements.one(SELECT + "WHERE id = ?", CertificateRow::read, id);
    }

    static List<CertificateRow> bySerial(Statements statements, String serial) throws SQLException {
        return statements.list(SELECT + "WHERE serial = ? ORDER BY id", CertificateRow::read, serial);
    }

    /** Intents that led to no certificate yet, some of them. */
    static List<CertificateRow> intents(Statements statements, long after, int most) throws SQLException {
        return statements.list(
                SELECT + "WHERE state = 0 AND id > ? ORDER BY id LIMIT " + most, CertificateRow::read, after);
    }
}
