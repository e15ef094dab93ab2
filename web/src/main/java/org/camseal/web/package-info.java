/**
 * The web edge that recorder and viewer share: routes, JSON, pages from the class path, streams, and the rules that keep a page's
 * API from other people's pages. It knows nothing of video.
 *
 * <p>Refuses: plain HTTP on anything but the loopback address, hosts that are not its own, bodies larger than allowed.
 */
@NullMarked
package org.camseal.web;

import org.jspecify.annotations.NullMarked;
