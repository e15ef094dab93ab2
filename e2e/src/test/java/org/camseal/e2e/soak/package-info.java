/** A whole factory under faults: lines, authority and key process are killed and answers are lost, and in the end every camera has one pair. */
@NullMarked
package org.camseal.e2e.soak;

import org.jspecify.annotations.NullMarked;
