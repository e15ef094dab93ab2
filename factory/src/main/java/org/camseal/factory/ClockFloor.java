package org.camseal.factory;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A clock that never shows less than the newest signed time it has seen: a board without a battery begins in 1970, and would take every
 * certificate for "not yet valid". It says nothing against a clock that is ahead.
 */
public final class ClockFloor implements InstantSource {
    /** This program was not there before. */
    public static final Instant BUILT = Instant.parse("2026-01-01T00:00:00Z");

    private final InstantSource clock;
    private final AtomicReference<Instant> floor = new AtomicReference<>(BUILT);

    public ClockFloor(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * It is not earlier than these certificates' beginnings. Only for certificates that are believed: pinned roots, one's own, or a chain
     * that was verified.
     */
    public void saw(Collection<X509Certificate> believed) {
        for (X509Certificate certificate : believed) {
            Instant signed = certificate.getNotBefore().toInstant();
            floor.accumulateAndGet(signed, (a, b) -> a.isAfter(b) ? a : b);
        }
    }

    @Override
    public Instant instant() {
        Instant now = clock.instant();
        Instant least = floor.get();
        return now.isBefore(least) ? least : now;
    }
}
