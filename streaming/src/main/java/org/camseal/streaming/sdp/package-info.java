/** Session descriptions (RFC 8866), and how tracks stand in them. */
@NullMarked
package org.camseal.streaming.sdp;

import org.jspecify.annotations.NullMarked;
