package org.camseal.authority.register;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.camseal.authority.AuthorityException;

/**
 * The tables, by versions: each migration runs once, in one transaction, and is never changed afterwards. A register of a later version than
 * this program knows is refused.
 */
final class Schema {
    /** Text between them is SQL that both databases read; {@code @BYTES} and {@code @ID} differ. */
    private static final List<String> MIGRATIONS = List.of("""
            CREATE TABLE head (
                one INTEGER PRIMARY KEY CHECK (one = 1),
                generation BIGINT NOT NULL, certificates BIGINT NOT NULL, leaves BIGINT NOT NULL,
                revocations BIGINT NOT NULL, disputes BIGINT NOT NULL,
                audits BIGINT NOT NULL, audit_hash @BYTES NOT NULL);
            CREATE TABLE orders (
                id TEXT PRIMARY KEY, maker TEXT NOT NULL, model TEXT NOT NULL,
                serials TEXT NOT NULL, quantity BIGINT NOT NULL, used BIGINT NOT NULL, lines TEXT NOT NULL,
                opens_at BIGINT NOT NULL, closes_at BIGINT NOT NULL, attestation INTEGER NOT NULL, keys TEXT NOT NULL,
                challenge @BYTES NOT NULL, added_at BIGINT NOT NULL, CHECK (used >= 0 AND used <= quantity));
            CREATE TABLE elements (
                order_id TEXT NOT NULL REFERENCES orders (id), attestation_key @BYTES NOT NULL,
                PRIMARY KEY (order_id, attestation_key));
            CREATE TABLE credentials (
                number @BYTES PRIMARY KEY, kind TEXT NOT NULL, holder TEXT NOT NULL, not_after BIGINT NOT NULL,
                der @BYTES NOT NULL, added_at BIGINT NOT NULL, revoked_at BIGINT);
            CREATE INDEX credentials_holder ON credentials (holder, kind);
            CREATE TABLE issuers (
                id INTEGER PRIMARY KEY, key_digest @BYTES NOT NULL UNIQUE, der @BYTES NOT NULL);
            CREATE TABLE devices (
                serial TEXT PRIMARY KEY, order_id TEXT NOT NULL REFERENCES orders (id), state INTEGER NOT NULL,
                added_at BIGINT NOT NULL);
            CREATE INDEX devices_order ON devices (order_id, state);
            CREATE INDEX devices_state ON devices (state) WHERE state > 0;
            CREATE TABLE certificates (
                id @ID, serial TEXT NOT NULL REFERENCES devices (serial), profile INTEGER NOT NULL,
                maker TEXT NOT NULL, model TEXT NOT NULL,
                key_digest @BYTES NOT NULL, number @BYTES NOT NULL, issuer INTEGER NOT NULL REFERENCES issuers (id),
                state INTEGER NOT NULL, requester TEXT NOT NULL, intent_at BIGINT NOT NULL, key @BYTES, der @BYTES,
                issued_at BIGINT, revoked_at BIGINT, reason INTEGER, invalid_since BIGINT, revocation BIGINT,
                replaces BIGINT,
                CHECK ((state = 0) = (der IS NULL)), CHECK ((state = 3) = (revoked_at IS NOT NULL)));
            CREATE UNIQUE INDEX certificates_live ON certificates (serial, profile) WHERE state < 2;
            CREATE UNIQUE INDEX certificates_key ON certificates (key_digest);
            CREATE UNIQUE INDEX certificates_number ON certificates (number);
            CREATE INDEX certificates_serial ON certificates (serial);
            CREATE INDEX certificates_intents ON certificates (id) WHERE state = 0;
            CREATE UNIQUE INDEX certificates_revoked ON certificates (revocation) WHERE revocation IS NOT NULL;
            CREATE TABLE leaves (leaf @ID, certificate BIGINT NOT NULL REFERENCES certificates (id), retired @BYTES);
            CREATE TABLE disputes (
                id TEXT PRIMARY KEY, serial TEXT NOT NULL REFERENCES devices (serial), open INTEGER NOT NULL,
                opened_by TEXT NOT NULL, opened_at BIGINT NOT NULL, detail TEXT NOT NULL,
                proposal TEXT, proposed_by TEXT, decided_by TEXT, decided_at BIGINT,
                CHECK (decided_by IS NULL OR decided_by <> proposed_by));
            CREATE UNIQUE INDEX disputes_open ON disputes (serial) WHERE open = 1;
            CREATE TABLE dispute_keys (
                dispute TEXT NOT NULL REFERENCES disputes (id), key_digest @BYTES NOT NULL, profile INTEGER NOT NULL,
                requester TEXT NOT NULL, at BIGINT NOT NULL, PRIMARY KEY (dispute, key_digest));
            CREATE TABLE barred_keys (key_digest @BYTES PRIMARY KEY, dispute TEXT NOT NULL REFERENCES disputes (id));
            CREATE TABLE audit (
                seq @ID, at BIGINT NOT NULL, actor TEXT NOT NULL, event TEXT NOT NULL, subject TEXT NOT NULL,
                detail TEXT NOT NULL, hash @BYTES NOT NULL);
            """, """
            CREATE INDEX leaves_certificate ON leaves (certificate);
            """, """
            ALTER TABLE certificates ADD COLUMN told INTEGER;
            CREATE INDEX certificates_untold ON certificates (issuer, revocation) WHERE state = 3 AND told IS NULL;
            CREATE TABLE not_given (
                order_id TEXT NOT NULL, cause TEXT NOT NULL, times BIGINT NOT NULL, PRIMARY KEY (order_id, cause));
            """);

    private Schema() {}

    /** Brings a database to the version that this program knows; true if anything was to be done. */
    static boolean migrate(Connection connection, RegisterAddress at) throws SQLException, AuthorityException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE IF NOT EXISTS camseal_schema (version INTEGER PRIMARY KEY)");
        }
        connection.setAutoCommit(false);
        try {
            int version = version(connection, at);
            if (version > MIGRATIONS.size()) {
                throw new AuthorityException.Store(at + " has schema version " + version + "; this program knows "
                        + MIGRATIONS.size() + ": use the program that wrote it, or a later one");
            }
            for (int next = version; next < MIGRATIONS.size(); next++) {
                apply(connection, MIGRATIONS.get(next), next + 1, at);
            }
            connection.commit();
            return version < MIGRATIONS.size();
        } catch (SQLException | AuthorityException e) {
            connection.rollback();
            throw e;
        } finally {
            connection.setAutoCommit(true);
        }
    }

    private static int version(Connection connection, RegisterAddress at) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            if (at instanceof RegisterAddress.Postgres) {
                statement.execute("LOCK TABLE camseal_schema IN EXCLUSIVE MODE"); // two programs may start at once
            }
            try (ResultSet found = statement.executeQuery("SELECT COALESCE(MAX(version), 0) FROM camseal_schema")) {
                found.next();
                return found.getInt(1);
            }
        }
    }

    private static void apply(Connection connection, String migration, int version, RegisterAddress at)
            throws SQLException {
        String bytes = at instanceof RegisterAddress.Sqlite ? "BLOB" : "BYTEA";
        String id = at instanceof RegisterAddress.Sqlite ? "INTEGER PRIMARY KEY" : "BIGINT PRIMARY KEY";
        try (Statement statement = connection.createStatement()) {
            for (String sql :
                    migration.replace("@BYTES", bytes).replace("@ID", id).split(";\\s*\n")) {
                if (!sql.isBlank()) {
                    statement.execute(sql);
                }
            }
            statement.execute("INSERT INTO camseal_schema (version) VALUES (" + version + ")");
        }
    }
}
