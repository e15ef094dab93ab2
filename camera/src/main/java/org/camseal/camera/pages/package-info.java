/**
 * The camera's own pages, by HTTPS: how it is doing, and what its owner may set. Every path names the role it needs; without a login there is
 * only the way to log in, and on a new camera only the way to set the first administrator's password.
 */
@NullMarked
package org.camseal.camera.pages;

import org.jspecify.annotations.NullMarked;
