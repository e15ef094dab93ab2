/**
 * Who may log in to a camera: at its pages with a password, at RTSP and ONVIF with a stream secret that the camera made.
 *
 * <p>Both are kept apart on purpose. A password is kept as a slow, memory-hard hash alone. What a Digest login needs is a fast hash, which
 * anybody who has it can try guesses against; so it is of 160 random bits that nobody chose, where guessing is no use.
 */
@NullMarked
package org.camseal.camera.accounts;

import org.jspecify.annotations.NullMarked;
