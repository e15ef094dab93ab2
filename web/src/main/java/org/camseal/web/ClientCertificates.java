package org.camseal.web;

/** What a server asks of its clients in the TLS handshake. */
public enum ClientCertificates {
    /** What the SSLContext says by itself. */
    AS_THE_CONTEXT_SAYS,
    /** A certificate that the SSLContext's trust manager accepts; without one there is no connection. */
    REQUIRED
}
