/**
 * The transparency log: every certificate that was issued and every one that was retired, in one tree that only grows, under checkpoints
 * that the log signs with two algorithms; and the checker that catches a log which forks, drops or changes. Read top-down from
 * {@link org.camseal.authority.log.LogEntry}. The format is {@code docs/spec/transparency-log.md}.
 *
 * <p>Tiles and checkpoints are derived from the register's {@link org.camseal.authority.log.LogLeaves}; nothing here decides what is issued.
 */
@NullMarked
package org.camseal.authority.log;

import org.jspecify.annotations.NullMarked;
