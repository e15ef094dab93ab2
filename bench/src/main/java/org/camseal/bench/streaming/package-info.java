/** What streaming costs: SRTP beside the JDK's ciphers alone. */
@NullMarked
package org.camseal.bench.streaming;

import org.jspecify.annotations.NullMarked;
