/**
 * The signing SEI as it stands in the stream: reading it, with every bound checked before anything is allocated, and writing it.
 *
 * <p>docs/spec/media-signing.md, sections 2 to 4. Reading answers with a value and never throws; nothing here verifies a signature.
 */
@NullMarked
package org.camseal.signing.wire;

import org.jspecify.annotations.NullMarked;
