/**
 * CBOR in the one form sealed video writes and accepts: core deterministic encoding (RFC 8949 section 4.2.1), a small set of types. Whatever
 * another encoder could have written differently is refused, so that equal content is equal bytes.
 */
@NullMarked
package org.camseal.manifest.cbor;

import org.jspecify.annotations.NullMarked;
