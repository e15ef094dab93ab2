package org.camseal.camera;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import org.camseal.seal.SealerSettings;
import org.camseal.seal.SuiteChoice;

/**
 * How the stream is sealed, and for whom.
 *
 * @param recipients who may open it; without one nothing is sent until somebody is added. That they are who they should be is checked by whoever made the settings
 * @param suite the cipher inside
 * @param epochLength after how long there is a new key, 1 s to 1 h
 */
public record Sealing(List<X509Certificate> recipients, SuiteChoice suite, Duration epochLength) {
    public Sealing {
        recipients = List.copyOf(recipients);
        if (epochLength.compareTo(Duration.ofSeconds(1)) < 0 || epochLength.compareTo(Duration.ofHours(1)) > 0) {
            throw new IllegalArgumentException("an epoch of " + epochLength + "; 1 s to 1 h expected");
        }
    }

    /** The faster suite, a new key every two minutes. */
    public static Sealing to(List<X509Certificate> recipients) {
        return new Sealing(recipients, SuiteChoice.AUTO, SealerSettings.DEFAULT_EPOCH_LENGTH);
    }
}
