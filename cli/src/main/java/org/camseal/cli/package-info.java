/** One command; a package for each family of commands below it, where parts are put together. */
@NullMarked
package org.camseal.cli;

import org.jspecify.annotations.NullMarked;
