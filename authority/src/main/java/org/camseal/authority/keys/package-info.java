/**
 * The authority's own keys: the ceremony that makes two roots and puts them away, and the issuing authorities that work without them. The
 * device root vouches for devices only; the operations root for the lines, operators and servers that make them.
 *
 * <p>Nothing here signs with a root but the ceremony.
 */
@NullMarked
package org.camseal.authority.keys;

import org.jspecify.annotations.NullMarked;
