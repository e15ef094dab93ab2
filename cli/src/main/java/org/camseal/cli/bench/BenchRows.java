package org.camseal.cli.bench;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.camseal.authority.AuthorityException;
import org.camseal.authority.register.RegisterAddress;

/** Fills a register with certificates that are none, so that starting with many can be measured. */
final class BenchRows {
    /** Bytes of a device certificate with an RSA key of 2048 bits. */
    private static final int CERTIFICATE_BYTES = 900;

    private BenchRows() {}

    /** Behind what is there; the counters are set to fit. */
    static void fill(RegisterAddress.Sqlite at, long rows) throws SQLException, AuthorityException {
        String numbers = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < " + rows + ") ";
        try (Connection connection = at.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA foreign_keys = OFF");
            statement.execute("PRAGMA synchronous = OFF");
            statement.execute("BEGIN IMMEDIATE");
            statement.execute(numbers
                    + "INSERT INTO devices (serial, order_id, state, added_at) SELECT printf('XX-%08d', i), 'bench', 0, 0"
                    + " FROM n");
            statement.execute(numbers
                    + "INSERT INTO certificates (id, serial, profile, maker, model, key_digest, number, issuer, state,"
                    + " requester, intent_at, der, issued_at) SELECT 1000 + i, printf('XX-%08d', i), 1, 'Maker', 'Model X',"
                    + " randomblob(32), randomblob(16), 1, 1, 'line L1', 0, randomblob(" + CERTIFICATE_BYTES
                    + "), 0 FROM n");
            statement.execute(numbers + "INSERT INTO leaves (leaf, certificate) SELECT 1000 + i, 1000 + i FROM n");
            statement.execute(
                    "UPDATE head SET certificates = certificates + 1000 + " + rows + ", leaves = 1001 + " + rows);
            statement.execute("COMMIT");
        }
    }
}
