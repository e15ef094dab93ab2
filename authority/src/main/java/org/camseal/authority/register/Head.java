package org.camseal.authority.register;

import java.sql.SQLException;
import java.util.List;

/**
 * The one row that every writing transaction reads first and locks: counters, and the end of the audit chain. So writers, of whatever process,
 * come one after the other.
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Head(
        long generation,
        long certificates,
        long leaves,
        long revocations,
        long disputes,
        long audits,
        byte[] auditHash) {
    private static final String READ =
            "SELECT generation, certificates, leaves, revocations, disputes, audits, audit_hash FROM head WHERE one = 1";

    static void createIfMissing(Statements statements) throws SQLException {
        statements.update(
                "INSERT INTO head (one, generation, certificates, leaves, revocations, disputes, audits, audit_hash)"
                        + " VALUES (1, 1, 0, 0, 0, 0, 0, ?) ON CONFLICT DO NOTHING",
                new byte[AuditEntry.HASH_BYTES]);
    }

    static Head read(Statements statements) throws SQLException {
        Question<Head> asked = question("");
        statements.ask(List.of(asked));
        return of(asked);
    }

    /**
     * Asks for the row and locks it: what is asked after it, in the same journey too, sees all that others wrote before. In SQLite the
     * transaction itself has the lock; see {@link RegisterAddress#connect}.
     */
    static Question<Head> locking(RegisterAddress at) {
        return question(
                switch (at) {
                    case RegisterAddress.Sqlite _ -> "";
                    case RegisterAddress.Postgres _ -> " FOR UPDATE";
                });
    }

    private static Question<Head> question(String lock) {
        return new Question<>(
                READ + lock,
                row -> new Head(
                        row.getLong(1),
                        row.getLong(2),
                        row.getLong(3),
                        row.getLong(4),
                        row.getLong(5),
                        row.getLong(6),
                        row.getBytes(7)));
    }

    /** What a question for the row was answered. */
    static Head of(Question<Head> asked) throws SQLException {
        if (asked.answer().isEmpty()) {
            throw new SQLException("the register's head row is missing");
        }
        return asked.answer().getFirst();
    }

    /** The row as it becomes. */
    Batch batch() {
        Batch batch = new Batch(
                "UPDATE head SET generation = ?, certificates = ?, leaves = ?, revocations = ?, disputes = ?, audits = ?,"
                        + " audit_hash = ? WHERE one = 1",
                "UPDATE head SET (generation, certificates, leaves, revocations, disputes, audits, audit_hash) ="
                        + " (SELECT * FROM @ROWS) WHERE one = 1",
                Batch.Column.BIGINT,
                Batch.Column.BIGINT,
                Batch.Column.BIGINT,
                Batch.Column.BIGINT,
                Batch.Column.BIGINT,
                Batch.Column.BIGINT,
                Batch.Column.BYTES);
        batch.add(generation, certificates, leaves, revocations, disputes, audits, auditHash);
        return batch;
    }
}
