package org.camseal.identity.voucher;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How long certificates of each kind live: public ones by the Baseline Requirements (section 6.3.2, ballot SC-081), by the day they
 * begin; those that nobody limits, no longer than anybody can be expected to keep a key.
 */
public final class Lifetimes {
    private static final Instant FROM_2026 = Instant.parse("2026-03-15T00:00:00Z");
    private static final Instant FROM_2027 = Instant.parse("2027-03-15T00:00:00Z");
    private static final Instant FROM_2029 = Instant.parse("2029-03-15T00:00:00Z");
    private static final Duration UNLIMITED = Duration.ofDays(3660);

    private Lifetimes() {}

    /** The longest life that a public certificate may have that begins then. */
    public static Duration ofPublic(Instant begin) {
        if (begin.isBefore(FROM_2026)) {
            return Duration.ofDays(398);
        }
        if (begin.isBefore(FROM_2027)) {
            return Duration.ofDays(200);
        }
        return begin.isBefore(FROM_2029) ? Duration.ofDays(100) : Duration.ofDays(47);
    }

    static Optional<String> tooLong(X509Certificate leaf, Voucher voucher) {
        Instant begin = leaf.getNotBefore().toInstant();
        Duration life = Duration.between(begin, leaf.getNotAfter().toInstant());
        return switch (voucher) {
            case Voucher.Camera _, Voucher.OtherCamera _ -> Optional.empty(); // as long as the device
            case Voucher.Public _ -> longer(life, ofPublic(begin), "public certificates that begin then");
            case Voucher.SelfSigned _, Voucher.Stranger _ -> longer(life, UNLIMITED, "a key that can be replaced");
        };
    }

    private static Optional<String> longer(Duration life, Duration most, String whose) {
        return life.compareTo(most) > 0
                ? Optional.of("it lives " + life.toDays() + " days; " + whose + " live at most " + most.toDays())
                : Optional.empty();
    }
}
