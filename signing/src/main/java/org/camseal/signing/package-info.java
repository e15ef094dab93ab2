/**
 * ONVIF Media Signing: signatures inside clear video, in SEI messages, that show which camera made it and that nothing was changed.
 *
 * <p>Its place in the journey is between source and sealer: access unit in, signed unit out. What is written is fixed in
 * docs/spec/media-signing.md. A private key is never here: whoever signs hands in a way to use one. Nothing here decides whether a signer
 * is one of ours.
 */
@NullMarked
package org.camseal.signing;

import org.jspecify.annotations.NullMarked;
