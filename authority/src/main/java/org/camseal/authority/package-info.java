/**
 * The registration authority and the device CA behind it: cameras leave the factory with certificates under a root that signs nothing but
 * them, exactly one of each profile per camera, whatever fails on the way.
 *
 * <p>{@link org.camseal.authority.RegistrationAuthority} decides; the protocols around it only carry its questions and answers.
 */
@NullMarked
package org.camseal.authority;

import org.jspecify.annotations.NullMarked;
