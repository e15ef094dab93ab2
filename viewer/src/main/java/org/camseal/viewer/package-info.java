/**
 * Fetch, check, open, play: the program of whoever may see, and the only place where content keys are used to open.
 *
 * <p>Its place in the journey: behind the recorder, in front of a browser. It fetches sealed units from a recorder
 * ({@link org.camseal.viewer.Viewer}), judges every group of pictures itself and never believes the recorder's verdict (it shows both
 * where they differ), opens with its own recipient key what a trusted camera has granted to it, and serves clear fragments to a browser
 * on the loopback address.
 *
 * <p>It never plays a forged stretch without saying so, and it opens nothing whose signer is not trusted.
 */
@NullMarked
package org.camseal.viewer;

import org.jspecify.annotations.NullMarked;
