/** {@code camseal demo}: the whole journey in one process. */
@NullMarked
package org.camseal.cli.demo;

import org.jspecify.annotations.NullMarked;
