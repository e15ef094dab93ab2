package org.camseal.authority.status;

import java.time.Instant;
import java.util.Optional;

/** An answer as it is sent: an OCSPResponse in DER. Immutable. */
final class OcspAnswer {
    private final byte[] der;
    private final Optional<Freshness> freshness;

    /**
     * From when until when an answer counts; only of those that say something about certificates.
     *
     * @param thisUpdate when that was known
     * @param nextUpdate when there is newer knowledge at the latest
     */
    record Freshness(Instant thisUpdate, Instant nextUpdate) {}

    OcspAnswer(byte[] der, Optional<Freshness> freshness) {
        this.der = der;
        this.freshness = freshness;
    }

    /** Shared, not to be written to. */
    byte[] der() {
        return der;
    }

    Optional<Freshness> freshness() {
        return freshness;
    }
}
