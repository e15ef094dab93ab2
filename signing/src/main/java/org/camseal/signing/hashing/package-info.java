/**
 * What of a stream is signed, and how it becomes hashes: one code for signer and validator.
 *
 * <p>docs/spec/media-signing.md, section 5.
 */
@NullMarked
package org.camseal.signing.hashing;

import org.jspecify.annotations.NullMarked;
