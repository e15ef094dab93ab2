/** {@code camseal bench …}: measurements with their targets. */
@NullMarked
package org.camseal.cli.bench;

import org.jspecify.annotations.NullMarked;
