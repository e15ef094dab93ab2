/**
 * The line station of a camera factory: has the camera's element make its keys, enrols them with the authority, installs the
 * certificates, tests them, and reports. Every step may be repeated.
 */
@NullMarked
package org.camseal.factory;

import org.jspecify.annotations.NullMarked;
