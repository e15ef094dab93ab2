/** The measurements, as one command. */
@NullMarked
package org.camseal.bench;

import org.jspecify.annotations.NullMarked;
