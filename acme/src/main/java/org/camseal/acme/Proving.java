package org.camseal.acme;

import java.net.InetSocketAddress;

/**
 * How it is proved that a name leads here. The authority connects to the name, on the well-known port; what it asks must reach this
 * address, directly or by a port that is forwarded.
 */
public sealed interface Proving {
    /** Where the authority's question is answered, only while it is being asked. */
    InetSocketAddress listen();

    /** http-01 (RFC 8555 section 8.3): a text over plain HTTP, port 80 of the name. */
    record Http(InetSocketAddress listen) implements Proving {}

    /** tls-alpn-01 (RFC 8737): a certificate made for the question, port 443 of the name. */
    record TlsAlpn(InetSocketAddress listen) implements Proving {}

    /** As ACME calls it. */
    default String label() {
        return switch (this) {
            case Http _ -> "http-01";
            case TlsAlpn _ -> "tls-alpn-01";
        };
    }
}
