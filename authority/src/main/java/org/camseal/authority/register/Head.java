package org.camseal.authority.register;

import java.sql.SQLException;

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
        return read(statements, "");
    }

    /** In SQLite the transaction itself has the lock; see {@link RegisterAddress#connect}. */
    static Head lock(Statements statements, RegisterAddress at) throws SQLException {
        return read(
                statements,
                switch (at) {
                    case RegisterAddress.Sqlite _ -> "";
                    case RegisterAddress.Postgres _ -> " FOR UPDATE";
                });
    }

    private static Head read(Statements statements, String lock) throws SQLException {
        return statements
                .one(
                        READ + lock,
                        row -> new Head(
                                row.getLong(1),
                                row.getLong(2),
                                row.getLong(3),
                                row.getLong(4),
                                row.getLong(5),
                                row.getLong(6),
                                row.getBytes(7)))
                .orElseThrow(() -> new SQLException("the register's head row is missing"));
    }

    void write(Statements statements) throws SQLException {
        statements.update(
                "UPDATE head SET generation = ?, certificates = ?, leaves = ?, revocations = ?, disputes = ?, audits = ?,"
                        + " audit_hash = ? WHERE one = 1",
                generation,
                certificates,
                leaves,
                revocations,
                disputes,
                audits,
                auditHash);
    }
}
