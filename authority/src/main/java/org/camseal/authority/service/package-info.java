/**
 * The authority as a running program: register, keys, protocols and log put together behind one HTTPS port for lines, operators and cameras, and
 * one plain port for what is signed itself and public.
 *
 * <p>It refuses to start beside another one on the same register.
 */
@NullMarked
package org.camseal.authority.service;

import org.jspecify.annotations.NullMarked;
