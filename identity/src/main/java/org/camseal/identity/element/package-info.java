/**
 * What all elements outside this process share, whatever they are: the bounded socket and the queue in front of them.
 */
@NullMarked
package org.camseal.identity.element;

import org.jspecify.annotations.NullMarked;
