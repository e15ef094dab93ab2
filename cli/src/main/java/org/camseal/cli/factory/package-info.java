/** {@code camseal factory …}: a line that gives cameras their identity. */
@NullMarked
package org.camseal.cli.factory;

import org.jspecify.annotations.NullMarked;
