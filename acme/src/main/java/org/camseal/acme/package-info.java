/**
 * Certificates of public authorities by ACME (RFC 8555), for the owner's TLS key of an identity: proves to the authority that the names
 * lead here (http-01, or tls-alpn-01 of RFC 8737) and gets the chain. For TLS servers only; the maker's certificates come from elsewhere.
 *
 * <p>A room of its own because of what it brings along: an ACME client, JOSE and a logging interface, which cameras and recorders that
 * never ask a public authority need not carry.
 */
@NullMarked
package org.camseal.acme;

import org.jspecify.annotations.NullMarked;
