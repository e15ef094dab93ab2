/**
 * What sealing a picture costs beside the plain ciphers, on a processor with AES instructions, without them, and without any vector
 * instructions; and what N viewers cost. Its answers are ratios of times taken in turn in one Java machine, because only those survive
 * a busy machine.
 */
@NullMarked
package org.camseal.bench.cipher;

import org.jspecify.annotations.NullMarked;
