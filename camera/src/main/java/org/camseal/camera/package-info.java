/**
 * Source, seal, deliver: the process inside a camera, or the gateway beside one.
 *
 * <p>A {@link org.camseal.camera.Source} gives clear access units, a {@link org.camseal.camera.SourceRunner} keeps it going and states its
 * gaps, a sealer makes {@code SealedUnit}s of them, and a {@link org.camseal.camera.SealedPublisher} hands those, and nothing else, to
 * live readers. Clear video never leaves: a unit that cannot be sealed is dropped and the loss is stated (docs/spec/sealed-video.md).
 */
@NullMarked
package org.camseal.camera;

import org.jspecify.annotations.NullMarked;
