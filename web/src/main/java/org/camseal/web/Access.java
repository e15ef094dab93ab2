package org.camseal.web;

/** Who may ask. TLS client certificates, if required, come first. */
public sealed interface Access {
    /** Whoever reaches the server. */
    record Anyone() implements Access {}

    /**
     * Whoever reaches the server, by plain HTTP from other machines too and under any host name: for servers all of whose answers are signed
     * themselves and for everybody, such as revocation lists. One address has at most a quarter of the connections.
     *
     * @param requestsPerSecond how often one address may ask on average, 1 to 100 000; a burst may have ten seconds' worth
     */
    record Everybody(int requestsPerSecond) implements Access {
        public Everybody {
            if (requestsPerSecond < 1 || requestsPerSecond > 100_000) {
                throw new IllegalArgumentException(requestsPerSecond + " requests a second are not 1 to 100 000");
            }
        }
    }

    /**
     * Who shows the token: in the first address ({@code /?token=…}, which sets a cookie), by that cookie, or as
     * {@code Authorization: Bearer}.
     */
    record WithToken(SessionToken token) implements Access {}
}
