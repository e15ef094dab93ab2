package org.camseal.seal;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.camseal.manifest.EpochId;
import org.camseal.manifest.ManifestException;
import org.camseal.manifest.ManifestRecorder;
import org.camseal.manifest.MediaKey;
import org.camseal.manifest.RunId;
import org.camseal.manifest.SealedSei;
import org.camseal.manifest.SessionCertificate;
import org.camseal.manifest.SessionKey;
import org.camseal.manifest.StreamId;
import org.camseal.media.MediaTime;
import org.jspecify.annotations.Nullable;

/** One run of a sealer: its session key and certificate, its manifests, and the epoch in force. */
final class SealingRun implements AutoCloseable {
    private static final Duration CERTIFICATE_VALIDITY = Duration.ofHours(24);
    private static final Duration RENEWAL_AFTER = Duration.ofHours(12);
    private static final Duration RENEWAL_RETRY = Duration.ofMinutes(10);
    private static final Duration CLOCK_TOLERANCE = Duration.ofSeconds(1);

    private final StreamId stream;
    private final RunId run;
    private final Entropy entropy;
    private final MediaKey mediaKey;
    private final SessionKey sessionKey;
    private final ManifestRecorder recorder;
    private SessionCertificate certificate;
    private Instant renewal;
    private Instant latest;
    private long epochNumber;
    private @Nullable SealingEpoch epoch;

    /** Begins a run; the media key signs. */
    SealingRun(StreamId stream, Entropy entropy, MediaKey mediaKey, Instant now) throws SealException.KeyFailed {
        this.stream = stream;
        this.entropy = entropy;
        this.mediaKey = mediaKey;
        this.run = entropy.run();
        this.sessionKey = entropy.sessionKey();
        this.recorder = new ManifestRecorder(stream, run, sessionKey);
        this.latest = now;
        this.certificate = certify(now);
        this.renewal = now.plus(RENEWAL_AFTER);
    }

    private SessionCertificate certify(Instant now) throws SealException.KeyFailed {
        try {
            return SessionCertificate.issue(
                    stream.camera(),
                    run,
                    sessionKey,
                    mediaKey,
                    new SessionCertificate.Validity(now, now.plus(CERTIFICATE_VALIDITY)));
        } catch (ManifestException e) {
            throw new SealException.KeyFailed("the media key certified no session key: " + e.getMessage(), e);
        }
    }

    ManifestRecorder recorder() {
        return recorder;
    }

    /** True if the clock was set back by more than a second since the latest picture: then a new run has to begin. */
    boolean isClockSetBack(Instant now) {
        return now.isBefore(latest.minus(CLOCK_TOLERANCE));
    }

    void tick(Instant now) {
        latest = now.isAfter(latest) ? now : latest;
    }

    /**
     * Has the session key certified again when half of the certificate's time is over.
     *
     * @return true if there is a new certificate to be sent
     * @throws SealException.KeyFailed if the media key does not sign, and the certificate's time is over
     */
    boolean renew(Instant now) throws SealException.KeyFailed {
        if (now.isBefore(renewal)) {
            return false;
        }
        try {
            certificate = certify(now);
            renewal = now.plus(RENEWAL_AFTER);
            return true;
        } catch (SealException.KeyFailed e) {
            if (now.isAfter(certificate.validity().notAfter())) {
                throw e;
            }
            renewal = now.plus(RENEWAL_RETRY);
            return false;
        }
    }

    SealedSei certificate() {
        return SealedSei.of(SealedSei.Kind.SESSION_CERTIFICATE, certificate.encoded());
    }

    /** The epoch in force; null before the first. */
    @Nullable
    SealingEpoch epoch() {
        return epoch;
    }

    /** Begins the next epoch and wipes the key of the last. */
    SealingEpoch beginEpoch(List<Recipient> recipients, MediaTime now) {
        if (epoch != null) {
            epoch.close();
        }
        epochNumber++;
        EpochKey key = EpochKey.generate(stream, new EpochId(run, epochNumber), entropy.random());
        SealingEpoch next = new SealingEpoch(key, recipients, entropy, now);
        epoch = next;
        return next;
    }

    @Override
    public void close() {
        if (epoch != null) {
            epoch.close();
        }
    }
}
