package org.camseal.web;

/** Who may ask. TLS client certificates, if required, come first. */
public sealed interface Access {
    /** Whoever reaches the server. */
    record Anyone() implements Access {}

    /**
     * Who shows the token: in the first address ({@code /?token=…}, which sets a cookie), by that cookie, or as
     * {@code Authorization: Bearer}.
     */
    record WithToken(SessionToken token) implements Access {}
}
