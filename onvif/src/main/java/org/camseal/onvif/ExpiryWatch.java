package org.camseal.onvif;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import org.camseal.onvif.OnvifEvent.CertificateExpiry.Standing;
import org.camseal.onvif.keystore.Keystore;
import org.camseal.onvif.wire.OnvifException;

/** Looks how long the camera's certificates still count, and tells it where it has changed. */
final class ExpiryWatch {
    /** Enough to get another one by hand. */
    static final Duration SOON = Duration.ofDays(30);

    private final Keystore keystore;
    private final EventBoard board;
    private final InstantSource clock;

    ExpiryWatch(Keystore keystore, EventBoard board, InstantSource clock) {
        this.keystore = keystore;
        this.board = board;
        this.clock = clock;
    }

    void look() throws OnvifException.Refused {
        Instant now = clock.instant();
        for (Map.Entry<String, X509Certificate> each : keystore.certificates().entrySet()) {
            Instant end = each.getValue().getNotAfter().toInstant();
            board.publish(new OnvifEvent.CertificateExpiry(now, each.getKey(), end, standing(end, now)));
        }
    }

    private static Standing standing(Instant end, Instant now) {
        if (end.isBefore(now)) {
            return Standing.EXPIRED;
        }
        return end.minus(SOON).isBefore(now) ? Standing.EXPIRES_SOON : Standing.VALID;
    }
}
