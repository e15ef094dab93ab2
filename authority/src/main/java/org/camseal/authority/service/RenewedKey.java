package org.camseal.authority.service;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.camseal.authority.AuthorityException;
import org.camseal.identity.CertificateProfile;
import org.camseal.identity.CertifiedKey;

/**
 * A key of our own with the certificate that it has at the moment: renewed when two thirds of its life are over, by whoever asks for it first
 * then, while the authority runs. Safe for use by several threads.
 */
final class RenewedKey implements Supplier<CertifiedKey> {
    private static final Duration BETWEEN_TRIES = Duration.ofMinutes(10);

    private final CertificateProfile profile;
    private final Source source;
    private final InstantSource clock;
    private final Consumer<Exception> failed;
    private CertifiedKey current;
    private Instant nextTry = Instant.MIN;

    /** Where certificates come from. */
    @FunctionalInterface
    interface Source {
        /** The one that counts now: what there was, or a new one for the same key if that is due. */
        CertifiedKey certified() throws AuthorityException;
    }

    /**
     * @param failed hears of each renewal that failed; the old certificate counts for a third of its life yet, and it is tried again every ten
     *     minutes
     * @throws AuthorityException if there is none to begin with
     */
    RenewedKey(CertificateProfile profile, Source source, InstantSource clock, Consumer<Exception> failed)
            throws AuthorityException {
        this.profile = profile;
        this.source = source;
        this.clock = clock;
        this.failed = failed;
        this.current = source.certified();
    }

    @Override
    public synchronized CertifiedKey get() {
        Instant now = clock.instant();
        Instant end = current.chain().getFirst().getNotAfter().toInstant();
        if (!now.isBefore(profile.renewableFrom(end)) && !now.isBefore(nextTry)) {
            try {
                current = source.certified();
            } catch (AuthorityException e) {
                nextTry = now.plus(BETWEEN_TRIES);
                failed.accept(e);
            }
        }
        return current;
    }
}
