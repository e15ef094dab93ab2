/**
 * The station of a factory's line: it has each camera make its keys in its own element, asks the authority for the two certificates,
 * installs them, tests them, and reports.
 *
 * <p>Every step of {@link org.camseal.factory.Provisioner} is kept durably before the next begins, so that a station may be killed at any
 * moment and goes on where it was. Requests for which there is no link wait in a signed {@link org.camseal.factory.RequestQueue}. Nothing
 * here decides who gets a certificate, and no private key leaves its element.
 */
@NullMarked
package org.camseal.factory;

import org.jspecify.annotations.NullMarked;
