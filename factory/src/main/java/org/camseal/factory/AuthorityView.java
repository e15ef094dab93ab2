package org.camseal.factory;

import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.camseal.identity.CertificateProfile;
import org.camseal.identity.DurableFile;
import org.camseal.identity.IdentityException;
import org.camseal.web.Json;
import org.camseal.web.WebException;
import org.jspecify.annotations.Nullable;

/**
 * What the authority says of itself: its certificates, and what elements have to state. Asked again after a minute, because orders begin and
 * end. The challenges are kept in a file, so that requests can be made without a link. Safe for use by several threads.
 */
final class AuthorityView {
    private static final Duration FRESH = Duration.ofMinutes(1);
    private static final int MAX_BYTES = 4096;

    private final EstClient est;
    private final IssuedChain judge;
    private final Path kept;
    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile @Nullable Facts known;

    AuthorityView(EstClient est, IssuedChain judge, Path kept, InstantSource clock) {
        this.est = est;
        this.judge = judge;
        this.kept = kept;
        this.clock = clock;
    }

    /** What elements have to state, for each key: 32 bytes in hexadecimal digits, or nothing. */
    record Challenges(String tls, String media) {
        static final Challenges NONE = new Challenges("", "");

        Challenges {
            Objects.requireNonNull(tls);
            Objects.requireNonNull(media);
        }

        String of(CameraKey key) {
            return switch (key) {
                case TLS -> tls;
                case MEDIA -> media;
            };
        }
    }

    /**
     * @param between the authorities between the device root and the cameras
     * @param asked when
     */
    record Facts(List<X509Certificate> between, Challenges challenges, Instant asked) {}

    /** As the authority says now, or said within the last minute. */
    Facts now() throws FactoryException, IdentityException, InterruptedException {
        Facts before = known;
        if (before != null && isFresh(before)) {
            return before;
        }
        lock.lockInterruptibly();
        try {
            Facts now = known;
            if (now == null || !isFresh(now)) {
                now = new Facts(
                        judge.authorities(est.authorities()),
                        new Challenges(
                                challenge(CertificateProfile.DEVICE_TLS), challenge(CertificateProfile.MEDIA_SIGNING)),
                        clock.instant());
                if (!now.challenges().equals(lastKnown())) {
                    DurableFile.write(kept, Json.write(now.challenges()), DurableFile.Readers.OWNER);
                }
                known = now;
            }
            return now;
        } finally {
            lock.unlock();
        }
    }

    /** As {@link #now}; without a link, as the authority said last. If that has changed, requests are made anew when there is a link. */
    Challenges challenges() throws FactoryException, IdentityException, InterruptedException {
        try {
            return now().challenges();
        } catch (FactoryException.LinkDown | FactoryException.Busy e) {
            return lastKnown();
        }
    }

    private boolean isFresh(Facts facts) {
        Instant now = clock.instant();
        return !now.isBefore(facts.asked()) && now.isBefore(facts.asked().plus(FRESH));
    }

    private String challenge(CertificateProfile profile) throws FactoryException, InterruptedException {
        return est.challenge(profile).map(HexFormat.of()::formatHex).orElse("");
    }

    private Challenges lastKnown() throws IdentityException {
        Optional<byte[]> bytes = DurableFile.read(kept, MAX_BYTES);
        try {
            return bytes.isEmpty() ? Challenges.NONE : Json.read(bytes.get(), Challenges.class);
        } catch (WebException.Refused e) {
            return Challenges.NONE; // it is asked for again as soon as there is a link
        }
    }
}
