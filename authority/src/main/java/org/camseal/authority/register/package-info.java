/**
 * What the authority knows for good: orders, lines, cameras, certificates, disputes, the audit chain and the log's leaves, in an SQL database
 * (SQLite or PostgreSQL). One writer, many transactions in one commit; the database's own constraints decide that there is one certificate
 * for a serial, not what was read before.
 *
 * <p>It refuses to keep private keys, and never forgets: certificates and audit entries are never removed.
 */
@NullMarked
package org.camseal.authority.register;

import org.jspecify.annotations.NullMarked;
