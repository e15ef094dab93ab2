package org.camseal.seal;

import java.time.Duration;
import java.util.List;
import org.camseal.manifest.StreamId;

/**
 * How a stream is sealed.
 *
 * @param stream whose it is
 * @param suite the cipher inside
 * @param epochLength after how long the next key picture begins a new epoch, 1 s to 1 h
 * @param certificateInterval how often the session certificate is repeated, 1 s to 5 s
 * @param grantInterval how often the grants are repeated at key pictures, 1 s to 5 s
 * @param recipients who may open it at the start, at least one, each once, at most {@link Grants#MAX_GRANTS}
 */
public record SealerSettings(
        StreamId stream,
        SuiteChoice suite,
        Duration epochLength,
        Duration certificateInterval,
        Duration grantInterval,
        List<Recipient> recipients) {
    /** Two minutes. */
    public static final Duration DEFAULT_EPOCH_LENGTH = Duration.ofMinutes(2);

    private static final Duration MAX_EPOCH_LENGTH = Duration.ofHours(1);
    private static final Duration MAX_CERTIFICATE_INTERVAL = Duration.ofSeconds(5);
    private static final Duration MAX_GRANT_INTERVAL = Duration.ofSeconds(5);

    public SealerSettings {
        recipients = List.copyOf(recipients);
        requireWithin("epoch length", epochLength, MAX_EPOCH_LENGTH);
        requireWithin("certificate interval", certificateInterval, MAX_CERTIFICATE_INTERVAL);
        requireWithin("grant interval", grantInterval, MAX_GRANT_INTERVAL);
        if (recipients.isEmpty() || recipients.size() > Grants.MAX_GRANTS) {
            throw new IllegalArgumentException(
                    recipients.size() + " recipients; 1 to " + Grants.MAX_GRANTS + " expected");
        }
        if (recipients.stream().distinct().count() != recipients.size()) {
            throw new IllegalArgumentException("a recipient is there twice");
        }
    }

    /** With the defaults: the faster suite, epochs of 120 s, certificates and grants every 5 s. */
    public static SealerSettings of(StreamId stream, List<Recipient> recipients) {
        return new SealerSettings(
                stream,
                SuiteChoice.AUTO,
                DEFAULT_EPOCH_LENGTH,
                MAX_CERTIFICATE_INTERVAL,
                MAX_GRANT_INTERVAL,
                recipients);
    }

    /** The same with another suite. */
    public SealerSettings withSuite(SuiteChoice other) {
        return new SealerSettings(stream, other, epochLength, certificateInterval, grantInterval, recipients);
    }

    /** The same with other epochs. */
    public SealerSettings withEpochLength(Duration other) {
        return new SealerSettings(stream, suite, other, certificateInterval, grantInterval, recipients);
    }

    private static void requireWithin(String name, Duration value, Duration most) {
        if (value.compareTo(Duration.ofSeconds(1)) < 0 || value.compareTo(most) > 0) {
            throw new IllegalArgumentException(name + " " + value + "; 1 s to " + most + " expected");
        }
    }
}
