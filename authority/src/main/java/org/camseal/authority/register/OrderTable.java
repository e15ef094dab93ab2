package org.camseal.authority.register;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.camseal.authority.AuthorityException;
import org.camseal.authority.ProductionOrder;
import org.camseal.authority.SerialRange;
import org.camseal.identity.KeySpec;

/** Orders, and the elements that each takes for genuine. */
final class OrderTable {
    private OrderTable() {}

    /** False if there is an order of that id. */
    static boolean add(Statements statements, OrderState state) throws SQLException {
        ProductionOrder order = state.order();
        return statements.update(
                        "INSERT INTO orders (id, maker, model, serials, quantity, used, lines, opens_at, closes_at, attestation,"
                                + " keys, challenge, added_at) VALUES (?,?,?,?,?,0,?,?,?,?,?,?,?) ON CONFLICT DO NOTHING",
                        order.id(),
                        order.maker(),
                        order.model(),
                        order.serials().stream().map(SerialRange::toString).collect(Collectors.joining(" ")),
                        order.quantity(),
                        String.join(" ", new TreeSet<>(order.lines())),
                        order.opensAt().toEpochMilli(),
                        order.closesAt().toEpochMilli(),
                        order.attestation() == ProductionOrder.Attestations.DEMANDED ? 1 : 0,
                        order.keys().stream().map(KeySpec::name).sorted().collect(Collectors.joining(" ")),
                        state.challenge(),
                        state.addedAt().toEpochMilli())
                == 1;
    }

    /** False if there is no such order. */
    static boolean close(Statements statements, String id, Instant at) throws SQLException {
        return statements.update(
                        "UPDATE orders SET closes_at = ? WHERE id = ? AND closes_at > ?",
                        at.toEpochMilli(),
                        id,
                        at.toEpochMilli())
                == 1;
    }

    /** So many more serials; false if the quantity does not allow that. */
    static boolean use(Statements statements, String id, long more) throws SQLException {
        return statements.update(
                        "UPDATE orders SET used = used + ? WHERE id = ? AND used + ? <= quantity", more, id, more)
                == 1;
    }

    /** Of orders and how many more serials each has; changes nothing where the quantity does not allow that. */
    static Batch uses() {
        return new Batch(
                "UPDATE orders SET used = used + ?1 WHERE id = ?2 AND used + ?1 <= quantity",
                "UPDATE orders AS known SET used = known.used + more.times FROM @ROWS AS more (times, id)"
                        + " WHERE known.id = more.id AND known.used + more.times <= known.quantity",
                Batch.Column.BIGINT,
                Batch.Column.TEXT);
    }

    /** How many serials those of the orders allow yet that there are; PostgreSQL alone has arrays. */
    static Question<Map.Entry<String, Long>> left(String[] orders) {
        return new Question<>(
                "SELECT id, quantity - used FROM orders WHERE id = ANY(?)",
                row -> Map.entry(row.getString(1), row.getLong(2)),
                (Object) orders);
    }

    /** How many serials it allows yet; empty if there is no such order. */
    static OptionalLong left(Statements statements, String id) throws SQLException {
        return statements
                .one("SELECT quantity - used FROM orders WHERE id = ?", row -> row.getLong(1), id)
                .map(OptionalLong::of)
                .orElse(OptionalLong.empty());
    }

    static void addElements(Statements statements, String order, List<byte[]> attestationKeys) throws SQLException {
        Batch batch = Batch.insert(
                "elements",
                "order_id, attestation_key",
                "ON CONFLICT DO NOTHING",
                Batch.Column.TEXT,
                Batch.Column.BYTES);
        attestationKeys.forEach(digest -> batch.add(order, digest));
        int _ = statements.update(batch);
    }

    static boolean hasElement(Statements statements, String order, byte[] digest) throws SQLException {
        return statements
                .one(
                        "SELECT 1 FROM elements WHERE order_id = ? AND attestation_key = ?",
                        row -> row.getInt(1),
                        order,
                        digest)
                .isPresent();
    }

    static List<OrderState> list(Statements statements) throws SQLException {
        return statements.list("SELECT * FROM orders ORDER BY added_at, id", OrderTable::read);
    }

    static Optional<OrderState> find(Statements statements, String id) throws SQLException {
        return statements.one("SELECT * FROM orders WHERE id = ?", OrderTable::read, id);
    }

    private static OrderState read(ResultSet row) throws SQLException {
        List<SerialRange> ranges = new ArrayList<>();
        for (String text : row.getString("serials").split(" ")) {
            try {
                ranges.add(SerialRange.parse(text));
            } catch (AuthorityException.Malformed e) {
                throw new SQLException("order " + row.getString("id") + ": " + e.getMessage(), e);
            }
        }
        Set<KeySpec> keys = EnumSet.noneOf(KeySpec.class);
        for (String text : row.getString("keys").split(" ")) {
            keys.add(KeySpec.valueOf(text));
        }
        ProductionOrder order = new ProductionOrder(
                row.getString("id"),
                row.getString("maker"),
                row.getString("model"),
                ranges,
                row.getLong("quantity"),
                Set.of(row.getString("lines").split(" ")),
                Instant.ofEpochMilli(row.getLong("opens_at")),
                Instant.ofEpochMilli(row.getLong("closes_at")),
                row.getInt("attestation") == 1
                        ? ProductionOrder.Attestations.DEMANDED
                        : ProductionOrder.Attestations.NOT_DEMANDED,
                keys);
        return new OrderState(
                order, row.getLong("used"), row.getBytes("challenge"), Instant.ofEpochMilli(row.getLong("added_at")));
    }
}
