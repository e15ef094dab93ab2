/** Chooses the parser by the codec; a room of its own so that the nouns in front need not know the parsers behind them. */
@NullMarked
package org.camseal.media.headers;

import org.jspecify.annotations.NullMarked;
