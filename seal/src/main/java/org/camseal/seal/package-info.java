/** The cipher: packages, grants, sealing and opening. The only module with content keys. */
@NullMarked
package org.camseal.seal;

import org.jspecify.annotations.NullMarked;
