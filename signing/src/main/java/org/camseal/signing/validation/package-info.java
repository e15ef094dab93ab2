/**
 * Judges clear video that a camera signed the way ONVIF Media Signing says (docs/spec/media-signing.md, "Validation"): what is there is
 * what was signed, or something is missing, or nobody vouches for it, or it was altered; per group and per NAL unit, with reasons and
 * times.
 *
 * <p>It says nothing of who the signer is: whose certificate it was is a question for {@code identity}. It asks no clock and no network.
 */
@NullMarked
package org.camseal.signing.validation;

import org.jspecify.annotations.NullMarked;
