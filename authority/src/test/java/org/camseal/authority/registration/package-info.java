/** Tests of the registration authority, over both databases. */
@NullMarked
package org.camseal.authority.registration;

import org.jspecify.annotations.NullMarked;
