/** {@code camseal camera …}: a camera put together from its parts. */
@NullMarked
package org.camseal.cli.camera;

import org.jspecify.annotations.NullMarked;
