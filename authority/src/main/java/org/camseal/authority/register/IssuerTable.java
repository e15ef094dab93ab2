package org.camseal.authority.register;

import java.sql.SQLException;
import java.util.Optional;
import org.camseal.identity.KeyDigest;

/** The issuing authorities whose certificates are in the register. */
final class IssuerTable {
    private IssuerTable() {}

    static int numberOf(Statements statements, KeyDigest key, byte[] der) throws SQLException {
        Optional<Integer> known = find(statements, key);
        if (known.isPresent()) {
            return known.get();
        }
        statements.update(
                "INSERT INTO issuers (id, key_digest, der) SELECT COALESCE(MAX(id), 0) + 1, ?, ? FROM issuers",
                key.bytes(),
                der);
        return find(statements, key).orElseThrow();
    }

    static Optional<Integer> find(Statements statements, KeyDigest key) throws SQLException {
        return statements.one("SELECT id FROM issuers WHERE key_digest = ?", row -> row.getInt(1), key.bytes());
    }
}
