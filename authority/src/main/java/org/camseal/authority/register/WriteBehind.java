package org.camseal.authority.register;

import java.math.BigInteger;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Rows of one transaction that are written together, a table at a time, because each statement of its own is a journey to the server and back.
 * They are written before anything is asked that they could matter to, and before the commit. If a constraint is against one of them the
 * transaction fails as a whole, and its works are done again one by one; so the constraints have the last word here too.
 */
final class WriteBehind {
    private final Statements statements;
    private final Instant now;
    private final ReadAhead ahead;
    private final Batch devices = DeviceTable.batch();
    private final Batch intents = CertificateTable.intents();
    private final Batch certificates = CertificateTable.certificates();
    private final Map<String, Long> used = new TreeMap<>();

    WriteBehind(Statements statements, Instant now, ReadAhead ahead) {
        this.statements = statements;
        this.now = now;
        this.ahead = ahead;
    }

    /** One more camera of an order; false if its quantity is used up. */
    boolean addDevice(String serial, String order) throws SQLException {
        Optional<Long> known = ahead.left(order);
        if (known.isEmpty()) {
            settle(); // what was used already counts
        }
        long left = known.isPresent()
                ? known.get()
                : OrderTable.left(statements, order).orElse(0);
        ahead.setLeft(order, Math.max(0, left - 1));
        if (left < 1) {
            return false;
        }
        used.merge(order, 1L, Long::sum);
        devices.add(DeviceTable.added(serial, order, now));
        return true;
    }

    void intend(CertificateRow row) {
        intents.add(CertificateTable.intended(row, now));
    }

    void issue(long id, BigInteger number, byte[] der) {
        certificates.add(CertificateTable.issued(id, number, der, now));
    }

    /** Writes what waits. */
    void settle() throws SQLException {
        settle(List.of());
    }

    /** Writes what waits, and then these, in one journey. */
    void settle(List<Batch> more) throws SQLException {
        Batch orders = OrderTable.uses();
        used.forEach((order, times) -> orders.add(times, order));
        used.clear();
        int issued = certificates.size();
        int ordered = orders.size();
        List<Batch> all = new ArrayList<>(List.of(devices, intents, certificates, orders));
        all.addAll(more);
        int[] changed = statements.update(all);
        if (changed[2] != issued) {
            throw new SQLException("an intent of this group is none any more");
        }
        if (changed[3] != ordered) {
            throw new SQLException("an order has not as many left as it had");
        }
    }
}
