/** Sealed video as anyone may read it without a key: package layout, manifests, verdicts. */
@NullMarked
package org.camseal.manifest;

import org.jspecify.annotations.NullMarked;
