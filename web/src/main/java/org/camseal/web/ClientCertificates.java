package org.camseal.web;

/** What a server asks of its clients in the TLS handshake. */
public enum ClientCertificates {
    /** What the SSLContext says by itself. */
    AS_THE_CONTEXT_SAYS,
    /**
     * A certificate, if the client has one. Which of them count is the SSLContext's to say, or, where its trust manager takes whatever is
     * shown ({@code TlsContexts.askingServer}), each route's.
     */
    WANTED,
    /** A certificate that the SSLContext's trust manager accepts; without one there is no connection. */
    REQUIRED
}
