/** Fetch, check, open, play. The only place where content keys are used to open. */
@NullMarked
package org.camseal.viewer;

import org.jspecify.annotations.NullMarked;
