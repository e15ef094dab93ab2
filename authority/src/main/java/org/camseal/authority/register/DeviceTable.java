package org.camseal.authority.register;

import java.sql.SQLException;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Serials and the orders they belong to. */
final class DeviceTable {
    /** The primary key refuses a serial that is there. */
    private static final String ADD = "INSERT INTO devices (serial, order_id, state, added_at) VALUES (?,?,0,?)";

    private DeviceTable() {}

    /** Of {@link #added}. */
    static Batch batch() {
        return new Batch(
                ADD,
                "INSERT INTO devices (serial, order_id, state, added_at)"
                        + " SELECT serial, order_id, 0, added_at FROM @ROWS AS more (serial, order_id, added_at)",
                Batch.Column.TEXT,
                Batch.Column.TEXT,
                Batch.Column.BIGINT);
    }

    /** The values of {@link #ADD}. */
    static @Nullable Object[] added(String serial, String order, Instant at) {
        return new @Nullable Object[] {serial, order, at.toEpochMilli()};
    }

    static Optional<Device> find(Statements statements, String serial) throws SQLException {
        return statements.one(
                "SELECT order_id, state FROM devices WHERE serial = ?",
                row -> new Device(serial, row.getString(1), DeviceState.of(row.getInt(2))),
                serial);
    }

    static void add(Statements statements, String serial, String order, Instant at) throws SQLException {
        statements.update(ADD, added(serial, order, at));
    }

    /** Those of the serials that are known; PostgreSQL alone has arrays. */
    static Question<Device> among(String[] serials) {
        return new Question<>(
                "SELECT serial, order_id, state FROM devices WHERE serial = ANY(?)",
                row -> new Device(row.getString(1), row.getString(2), DeviceState.of(row.getInt(3))),
                (Object) serials);
    }

    /** By order and state, from an index that has only these. */
    static Map<String, Map<DeviceState, Long>> troubled(Statements statements) throws SQLException {
        record Count(String order, DeviceState state, long devices) {}
        Map<String, Map<DeviceState, Long>> troubled = new HashMap<>();
        for (Count count : statements.list(
                "SELECT order_id, state, COUNT(*) FROM devices WHERE state > 0 GROUP BY order_id, state",
                row -> new Count(row.getString(1), DeviceState.of(row.getInt(2)), row.getLong(3)))) {
            troubled.computeIfAbsent(count.order(), order -> new EnumMap<>(DeviceState.class))
                    .put(count.state(), count.devices());
        }
        return troubled;
    }

    static void setState(Statements statements, String serial, DeviceState state) throws SQLException {
        statements.update("UPDATE devices SET state = ? WHERE serial = ?", state.number(), serial);
    }
}
