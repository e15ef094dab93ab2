/** Chooses the slice header reader of a codec; a room of its own so that the nouns in front need not know the parsers behind them. */
@NullMarked
package org.camseal.media.slices;

import org.jspecify.annotations.NullMarked;
