package org.camseal.authority.register;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.camseal.identity.KeyDigest;

/** Disputes, the keys in them, and the keys that lost one. */
final class DisputeTable {
    private static final String COLUMNS =
            "SELECT id, serial, opened_by, opened_at, detail, proposal, proposed_by, decided_by, open FROM disputes ";

    private DisputeTable() {}

    static void open(Statements statements, Dispute dispute) throws SQLException {
        statements.update(
                "INSERT INTO disputes (id, serial, open, opened_by, opened_at, detail) VALUES (?,?,1,?,?,?)",
                dispute.id(),
                dispute.serial(),
                dispute.openedBy(),
                dispute.openedAt().toEpochMilli(),
                dispute.detail());
    }

    /** Notes that one more key wants the serial; known ones are not noted again. */
    static void join(Statements statements, String dispute, Dispute.Challenger challenger) throws SQLException {
        statements.update(
                "INSERT INTO dispute_keys (dispute, key_digest, profile, requester, at) VALUES (?,?,?,?,?)"
                        + " ON CONFLICT DO NOTHING",
                dispute,
                challenger.key().bytes(),
                CertificateRow.number(challenger.profile()),
                challenger.requester(),
                challenger.at().toEpochMilli());
    }

    static void propose(Statements statements, String dispute, Dispute.Vote vote) throws SQLException {
        statements.update(
                "UPDATE disputes SET proposal = ?, proposed_by = ? WHERE id = ? AND open = 1",
                vote.decision().label(),
                vote.operator(),
                dispute);
    }

    /** The table itself refuses that one operator decides alone. */
    static boolean decide(Statements statements, String dispute, String operator, Instant at) throws SQLException {
        return statements.update(
                        "UPDATE disputes SET open = 0, decided_by = ?, decided_at = ? WHERE id = ? AND open = 1"
                                + " AND proposed_by <> ?",
                        operator,
                        at.toEpochMilli(),
                        dispute,
                        operator)
                == 1;
    }

    static void bar(Statements statements, String dispute, KeyDigest key) throws SQLException {
        statements.update(
                "INSERT INTO barred_keys (key_digest, dispute) VALUES (?,?) ON CONFLICT DO NOTHING",
                key.bytes(),
                dispute);
    }

    static Optional<String> barred(Statements statements, KeyDigest key) throws SQLException {
        return statements.one(
                "SELECT dispute FROM barred_keys WHERE key_digest = ?", row -> row.getString(1), key.bytes());
    }

    static Optional<Dispute> find(Statements statements, String id) throws SQLException {
        return withKeys(statements, statements.list(COLUMNS + "WHERE id = ?", DisputeTable::read, id)).stream()
                .findFirst();
    }

    static Optional<Dispute> openFor(Statements statements, String serial) throws SQLException {
        return withKeys(
                        statements,
                        statements.list(COLUMNS + "WHERE serial = ? AND open = 1", DisputeTable::read, serial))
                .stream()
                .findFirst();
    }

    static List<Dispute> open(Statements statements, int most) throws SQLException {
        return withKeys(
                statements,
                statements.list(COLUMNS + "WHERE open = 1 ORDER BY opened_at, id LIMIT " + most, DisputeTable::read));
    }

    private static List<Dispute> withKeys(Statements statements, List<Dispute> disputes) throws SQLException {
        List<Dispute> whole = new java.util.ArrayList<>();
        for (Dispute dispute : disputes) {
            List<Dispute.Challenger> keys = statements.list(
                    "SELECT key_digest, profile, requester, at FROM dispute_keys WHERE dispute = ? ORDER BY at",
                    row -> new Dispute.Challenger(
                            KeyDigest.ofBytes(row.getBytes(1)),
                            CertificateRow.profile(row.getInt(2)),
                            row.getString(3),
                            Instant.ofEpochMilli(row.getLong(4))),
                    dispute.id());
            whole.add(new Dispute(
                    dispute.id(),
                    dispute.serial(),
                    dispute.openedBy(),
                    dispute.openedAt(),
                    dispute.detail(),
                    dispute.proposal(),
                    dispute.outcome(),
                    List.copyOf(keys)));
        }
        return whole;
    }

    private static Dispute read(ResultSet row) throws SQLException {
        Optional<Decision> decision = Optional.ofNullable(row.getString("proposal"))
                .map(label -> Decision.valueOf(label.toUpperCase(Locale.ROOT)));
        Optional<String> proposer = Optional.ofNullable(row.getString("proposed_by"));
        Optional<String> decider = Optional.ofNullable(row.getString("decided_by"));
        return new Dispute(
                row.getString("id"),
                row.getString("serial"),
                row.getString("opened_by"),
                Instant.ofEpochMilli(row.getLong("opened_at")),
                row.getString("detail"),
                vote(decision, proposer),
                vote(decision, decider),
                List.of());
    }

    private static Optional<Dispute.Vote> vote(Optional<Decision> decision, Optional<String> operator) {
        return decision.flatMap(made -> operator.map(by -> new Dispute.Vote(made, by)));
    }
}
