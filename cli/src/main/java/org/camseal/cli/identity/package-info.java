/** {@code camseal identity …}: the keys of a device and the element that has them. */
@NullMarked
package org.camseal.cli.identity;

import org.jspecify.annotations.NullMarked;
