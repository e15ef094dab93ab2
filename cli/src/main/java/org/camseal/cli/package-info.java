/** One command, one composition root. */
@NullMarked
package org.camseal.cli;

import org.jspecify.annotations.NullMarked;
