/** {@code camseal verify}, {@code inspect} and {@code open}: what a recording proves. */
@NullMarked
package org.camseal.cli.evidence;

import org.jspecify.annotations.NullMarked;
