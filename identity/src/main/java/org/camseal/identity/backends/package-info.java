/**
 * Which kinds of secure elements there are, and how each is named and opened: the one place that knows them all.
 */
@NullMarked
package org.camseal.identity.backends;

import org.jspecify.annotations.NullMarked;
