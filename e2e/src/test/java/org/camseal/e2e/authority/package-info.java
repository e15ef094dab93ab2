/** {@code camseal authority} as its operators set it up and run it, with nothing but its commands, and asked by programs that nobody here wrote. */
@NullMarked
package org.camseal.e2e.authority;

import org.jspecify.annotations.NullMarked;
