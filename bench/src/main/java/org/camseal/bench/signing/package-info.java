/**
 * What media signing costs: signing and validating a clip that is made in memory (docs/spec/media-signing.md).
 */
@NullMarked
package org.camseal.bench.signing;

import org.jspecify.annotations.NullMarked;
