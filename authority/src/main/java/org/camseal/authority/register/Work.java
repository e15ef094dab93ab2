package org.camseal.authority.register;

import java.sql.SQLException;

/**
 * Something to be decided and written in one transaction. It may be run more than once before it is durable, so it must do nothing but read
 * and write the ledger, and come to the same answer.
 */
@FunctionalInterface
public interface Work<T> {
    /** Reads and writes; its answer is given to whoever asked once all of it is durable. */
    T run(Ledger ledger) throws SQLException;
}
