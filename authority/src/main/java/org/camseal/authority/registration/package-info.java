/**
 * The registration authority: decides who gets which certificate, in the register's transactions, and has it signed. Every step is written
 * down before the next; whatever dies in between is taken up again.
 *
 * <p>It says no unless an order says yes.
 */
@NullMarked
package org.camseal.authority.registration;

import org.jspecify.annotations.NullMarked;
