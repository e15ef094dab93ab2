/** Serves live streams to many readers: the last step inside a camera, and what a recorder connects to. */
@NullMarked
package org.camseal.streaming.server;

import org.jspecify.annotations.NullMarked;
