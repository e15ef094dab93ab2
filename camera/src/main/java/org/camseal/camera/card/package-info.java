/**
 * The camera's card: a ring of segments of sealed fragmented MP4, the oldest of which make room for the newest, and which are replayed by RTSP.
 * Every fragment begins with session certificate and grants, so that each can be checked and opened for itself. Refuses clear video, and refuses to
 * hold up what is live: a card that does not keep up loses whole groups of pictures, and says so.
 */
@NullMarked
package org.camseal.camera.card;

import org.jspecify.annotations.NullMarked;
