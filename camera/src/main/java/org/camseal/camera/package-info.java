/** Source, seal, deliver. */
@NullMarked
package org.camseal.camera;

import org.jspecify.annotations.NullMarked;
