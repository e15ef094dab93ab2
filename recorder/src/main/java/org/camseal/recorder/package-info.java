/** Receive, check, store, serve. Has no path to a content key. */
@NullMarked
package org.camseal.recorder;

import org.jspecify.annotations.NullMarked;
