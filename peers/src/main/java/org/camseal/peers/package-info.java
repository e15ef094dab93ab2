/**
 * Programs of others that our tests run against, so that not our own other half decides. A program that is not installed is named with its
 * Debian package and the test left out; with {@code -Dcamseal.peers=required} its absence is a failure. For tests only.
 */
@NullMarked
package org.camseal.peers;

import org.jspecify.annotations.NullMarked;
