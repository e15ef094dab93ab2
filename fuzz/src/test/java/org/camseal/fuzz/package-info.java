/**
 * A coverage-guided fuzzer (Jazzer) for every parser that meets bytes from outside. The entry points are the modules' own; here are
 * their names, their seeds, and the run.
 */
@NullMarked
package org.camseal.fuzz;

import org.jspecify.annotations.NullMarked;
