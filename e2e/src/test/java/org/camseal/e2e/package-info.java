/** Whole journeys, and foreign programs as judges. */
@NullMarked
package org.camseal.e2e;

import org.jspecify.annotations.NullMarked;
