/**
 * Enrolment over Secure Transport (RFC 7030, RFC 8951): a line asks for its cameras' certificates, a camera for another of its own. It carries
 * questions and answers and decides nothing; keys are never made here, and no full CMC is spoken.
 */
@NullMarked
package org.camseal.authority.est;

import org.jspecify.annotations.NullMarked;
