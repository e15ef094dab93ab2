/**
 * A secure element in software that is a process of its own: the keys are in that process's memory and in its sealed file, never in the
 * program that uses them, and the socket between the two is authenticated and encrypted (docs/spec/soft-element.md).
 *
 * <p>{@link org.camseal.identity.soft.SoftElement} is what others see; {@link org.camseal.identity.soft.SoftElementProcess} is the
 * other end. It is for machines without a chip, says {@link org.camseal.identity.AssuranceLevel#SOFTWARE} of itself, and does not
 * protect keys from who owns the operating system.
 */
@NullMarked
package org.camseal.identity.soft;

import org.jspecify.annotations.NullMarked;
