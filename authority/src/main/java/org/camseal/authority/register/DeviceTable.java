package org.camseal.authority.register;

import java.sql.SQLException;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Serials and the orders they belong to. */
final class DeviceTable {
    private DeviceTable() {}

    static Optional<Device> find(Statements statements, String serial) throws SQLException {
        return statements.one(
                "SELECT order_id, state FROM devices WHERE serial = ?",
                row -> new Device(serial, row.getString(1), DeviceState.of(row.getInt(2))),
                serial);
    }

    /** The primary key refuses a serial that is there. */
    static void add(Statements statements, String serial, String order, Instant at) throws SQLException {
        statements.update(
                "INSERT INTO devices (serial, order_id, state, added_at) VALUES (?,?,0,?)",
                serial,
                order,
                at.toEpochMilli());
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
