package org.camseal.camera.pages;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.camseal.camera.Camera;
import org.camseal.camera.CameraKeys;
import org.camseal.camera.LivePicture;
import org.camseal.camera.accounts.AccountRole;
import org.camseal.camera.accounts.Accounts;
import org.camseal.camera.card.CardRing;
import org.camseal.identity.Identity;

/**
 * What the pages show and change.
 *
 * @param certificates the owner's beside the maker's, and whose counts for what
 * @param deviceRoot the maker's root, for people to download; it need not be there
 * @param live where the page may show pictures as they are before they are sealed, and to whom; empty for nobody
 * @param card where the camera keeps what it sends; empty for nowhere
 * @param limits of logins
 */
public record PageWorld(
        Camera camera,
        Identity identity,
        CameraKeys keys,
        CameraCertificates certificates,
        Path deviceRoot,
        Accounts accounts,
        RecipientShelf recipients,
        EventLog log,
        Optional<Live> live,
        Optional<CardRing> card,
        LoginLimits limits,
        Means means) {
    /**
     * That pictures may be shown.
     *
     * @param picture where they come by
     * @param role the least who may see them
     */
    public record Live(LivePicture picture, AccountRole role) {}

    /**
     * How long a login counts.
     *
     * @param idle without requests, 1 minute to 1 day
     * @param longest in any case, at most a week
     */
    public record LoginLimits(Duration idle, Duration longest) {
        private static final Duration MOST = Duration.ofDays(7);

        /** A quarter of an hour; half a day. */
        public static final LoginLimits STANDARD = new LoginLimits(Duration.ofMinutes(15), Duration.ofHours(12));

        public LoginLimits {
            if (idle.compareTo(Duration.ofMinutes(1)) < 0
                    || idle.compareTo(Duration.ofDays(1)) > 0
                    || longest.compareTo(idle) < 0
                    || longest.compareTo(MOST) > 0) {
                throw new IllegalArgumentException("logins of " + idle + ", at most " + longest
                        + "; 1 minute to 1 day, and at most 7 days expected");
            }
        }
    }

    /**
     * Randomness and time.
     *
     * @param nanoTime never goes back
     */
    public record Means(SecureRandom random, InstantSource clock, LongSupplier nanoTime) {}

    InstantSource clock() {
        return means.clock();
    }
}
