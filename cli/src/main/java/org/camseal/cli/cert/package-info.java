/** {@code camseal cert …}: certificates of an owner's own, and what a certificate proves. */
@NullMarked
package org.camseal.cli.cert;

import org.jspecify.annotations.NullMarked;
