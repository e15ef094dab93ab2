/** Plays a live stream from a camera or a server: the step between the network and a recorder or a sealing gateway. */
@NullMarked
package org.camseal.streaming.client;

import org.jspecify.annotations.NullMarked;
