package org.camseal.authority;

import java.security.cert.X509Certificate;

/** Who asks, as the TLS handshake or the protection of the message proved it. Nobody else is believed. */
public sealed interface Requester {
    /**
     * A line of the factory, by its line certificate.
     *
     * @param id the line certificate's serial (subject serialNumber)
     */
    record Line(String id, X509Certificate certificate) implements Requester {}

    /**
     * A camera, by the certificate that it has and wants renewed.
     *
     * @param certificate its current device certificate
     */
    record Device(X509Certificate certificate) implements Requester {}

    /**
     * Nobody that is known: no certificate, or one of others.
     *
     * @param seen what was shown, for the audit log; never empty
     */
    record Stranger(String seen) implements Requester {}
}
