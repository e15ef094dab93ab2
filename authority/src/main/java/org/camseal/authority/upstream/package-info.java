/**
 * Another certificate authority behind this one: the registration authority decides and keeps the register, and the other signs. For makers
 * whose device root is kept by a commercial authority. Nothing it answers is believed unchecked.
 */
@NullMarked
package org.camseal.authority.upstream;

import org.jspecify.annotations.NullMarked;
