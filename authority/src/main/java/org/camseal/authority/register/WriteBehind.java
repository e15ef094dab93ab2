package org.camseal.authority.register;

import java.math.BigInteger;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Rows of one transaction that are written together, a table at a time, because each statement of its own is a journey to the server and back.
 * They are written before anything is asked that they could matter to, and before the commit. If a constraint is against one of them the
 * transaction fails as a whole, and its works are done again one by one; so the constraints have the last word here too.
 */
final class WriteBehind {
    private final Statements statements;
    private final Instant now;
    private final Statements.Batch devices = new Statements.Batch(DeviceTable.ADD);
    private final Statements.Batch intents = new Statements.Batch(CertificateTable.INTEND);
    private final Statements.Batch certificates = new Statements.Batch(CertificateTable.ISSUE);
    private final Map<String, Long> used = new LinkedHashMap<>();
    private final Map<String, Long> left = new LinkedHashMap<>();

    WriteBehind(Statements statements, Instant now) {
        this.statements = statements;
        this.now = now;
    }

    /** One more camera of an order; false if its quantity is used up. */
    boolean addDevice(String serial, String order) throws SQLException {
        Long known = left.get(order);
        if (known == null) {
            known = OrderTable.left(statements, order).orElse(0);
        }
        left.put(order, Math.max(0, known - 1));
        if (known < 1) {
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
        statements.update(devices);
        statements.update(intents);
        for (int count : statements.update(certificates)) {
            if (count != 1) {
                throw new SQLException("an intent of this group is none any more");
            }
        }
        for (Map.Entry<String, Long> order : used.entrySet()) {
            if (!OrderTable.use(statements, order.getKey(), order.getValue())) {
                throw new SQLException("order " + order.getKey() + " has not as many left as it had");
            }
        }
        used.clear();
        left.clear();
    }
}
