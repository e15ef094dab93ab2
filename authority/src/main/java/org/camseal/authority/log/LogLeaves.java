package org.camseal.authority.log;

import java.util.List;
import org.camseal.authority.AuthorityException;

/**
 * The leaves of the transparency log, as the register keeps them: appended in the transaction that issues or retires, numbered from 0
 * without gaps, never changed and never removed. Safe for use by several threads.
 */
public interface LogLeaves {
    /**
     * How many leaves are durable. Never less than it was before.
     *
     * @throws AuthorityException if the register cannot be read
     */
    long size() throws AuthorityException;

    /**
     * Leaves in their order, each the bytes of a {@link LogEntry}.
     *
     * @param from number of the first; 0 to {@link #size()}
     * @param most how many at most; 1 to 65 536
     * @return as many as asked for, unless the register ends before
     * @throws AuthorityException if the register cannot be read
     */
    List<byte[]> leaves(long from, int most) throws AuthorityException;
}
