/**
 * ITU-T H.265: parameter sets and slice segment headers, read exactly as far as a slice segment header and the order of pictures need
 * it.
 *
 * <p>Refused are layers above the base layer, and the 3D, multilayer and screen content extensions.
 */
@NullMarked
package org.camseal.media.h265;

import org.jspecify.annotations.NullMarked;
