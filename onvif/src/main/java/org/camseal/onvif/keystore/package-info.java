/**
 * The camera's keys and certificates as the ONVIF Security service sees them: the maker's, which nobody changes here, and the owner's TLS
 * key with its certificates. No private key goes in or out.
 */
@NullMarked
package org.camseal.onvif.keystore;

import org.jspecify.annotations.NullMarked;
