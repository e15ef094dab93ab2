/**
 * WS-Discovery (2005/04) over IPv4, as ONVIF uses it: who searches in the camera's own network finds it.
 *
 * <p>Refuses: searchers of other networks, who could make it flood somebody by a forged address; messages that are large or not SOAP;
 * more answers than a bound. It tells nothing that needs a login.
 */
@NullMarked
package org.camseal.onvif.discovery;

import org.jspecify.annotations.NullMarked;
