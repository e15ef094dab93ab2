/**
 * Sealed video as anyone may read it without a key: identifiers, package layout, the stream's own SEI, manifests, session certificates,
 * and the verdict over a recording.
 *
 * <p>Second step of the journey: the camera's sealer writes manifests with {@link org.camseal.manifest.ManifestRecorder}, and everybody
 * behind it (recorder, viewer, auditor) checks them with {@link org.camseal.manifest.ManifestChecker}. Normative text:
 * docs/spec/sealed-video.md. Nothing here holds a content key, opens a package, or says whether a signer is to be trusted.
 */
@NullMarked
package org.camseal.manifest;

import org.jspecify.annotations.NullMarked;
