/** {@code camseal authority …} and {@code camseal log …}: the commands of those who run a device authority, and of those who check its log. */
@NullMarked
package org.camseal.cli.authority;

import org.jspecify.annotations.NullMarked;
