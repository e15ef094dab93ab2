package org.camseal.manifest;

import java.io.ByteArrayOutputStream;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.camseal.media.NalUnit;
import org.jspecify.annotations.Nullable;

/**
 * The sender's side of manifests, for one run of one stream: is told of every package as it is sealed, and makes the manifest when it is
 * time. Confined to one thread.
 *
 * <p>Order of calls within an access unit of video: {@link #parameterSet} for each parameter set of the unit; {@link #beginPicture};
 * {@link #close}, if a manifest is to stand in it; {@link #add} for each package of the unit, in stream order. A manifest MUST stand in the first access
 * unit of a run, in each that begins an epoch and wherever {@link #beginPicture} says so, and SHOULD stand in each
 * key unit.
 */
public final class ManifestRecorder {
    /** Manifests are at most this far apart by capture time. */
    public static final Duration INTERVAL = Duration.ofSeconds(2);

    /** A manifest is due early when it would list this many packages of one track. */
    private static final int FULL = Coverage.MAX_COUNT / 2;

    private final StreamId stream;
    private final RunId run;
    private SessionKey key;
    private final ParameterSets parameterSets = new ParameterSets();
    private final Map<SealedTrack, Listed> tracks = new EnumMap<>(SealedTrack.class);
    private final Map<SealedTrack, Long> nextNumbers = new EnumMap<>(SealedTrack.class);
    private List<ShortDigest> stated = List.of();
    private long number;
    private Digest previous = Digest.ZERO;
    private @Nullable CommittedEpoch epoch;
    private Instant end = Instant.EPOCH;
    private @Nullable Instant lastPicture;

    /** The packages of one track since the last manifest. */
    private static final class Listed {
        private final long first;
        private final ByteArrayOutputStream shortDigests = new ByteArrayOutputStream();
        private final ByteArrayOutputStream wholeDigests = new ByteArrayOutputStream();

        Listed(long first) {
            this.first = first;
        }

        int count() {
            return shortDigests.size() / Digest.SHORT_LENGTH;
        }
    }

    /** @param key signs this run's manifests; its {@link SessionCertificate} must be sent at the run's start */
    public ManifestRecorder(StreamId stream, RunId run, SessionKey key) {
        this.stream = stream;
        this.run = run;
        this.key = key;
    }

    /** Signs with another key from the next manifest on; its session certificate, for the same run, must be sent in front of that. */
    public void renewKey(SessionKey other) {
        key = other;
    }

    /** Is told of a parameter set: those beside the stream at the start, and each one in band. */
    public void parameterSet(NalUnit parameterSet) {
        parameterSets.accept(parameterSet);
    }

    /**
     * Is told of a package, sealed.
     *
     * @param n its number: 0 for the first of a track in each epoch, then counting on
     * @param sealedBytes the whole NAL unit, or the whole audio frame, as it goes into the stream
     * @throws IllegalStateException before the first manifest of the run, or if the number does not follow
     */
    public void add(SealedTrack track, long n, byte[] sealedBytes) {
        if (epoch == null) {
            throw new IllegalStateException("a package in front of the run's first manifest");
        }
        long expected = nextNumbers.getOrDefault(track, 0L);
        if (n != expected) {
            throw new IllegalStateException(track + " package " + n + "; " + expected + " expected");
        }
        nextNumbers.put(track, n + 1);
        Listed listed = tracks.computeIfAbsent(track, t -> new Listed(n));
        byte[] digest = Digest.sha256(sealedBytes).bytes();
        listed.shortDigests.write(digest, 0, Digest.SHORT_LENGTH);
        listed.wholeDigests.writeBytes(digest);
    }

    /**
     * Is told of each picture, before its packages.
     *
     * @return true if a manifest must stand in it: at the start, when more than two seconds would pass without one, when parameter sets
     *     have changed, or when the list is full
     */
    public boolean beginPicture(Instant capturedAt) {
        Duration picture = lastPicture == null ? Duration.ZERO : Duration.between(lastPicture, capturedAt);
        lastPicture = capturedAt;
        if (epoch == null || !parameterSets.digests().equals(stated)) {
            return true;
        }
        if (tracks.values().stream().anyMatch(listed -> listed.count() >= FULL)) {
            return true;
        }
        // Half a picture early or late does not matter; a whole one late would be too much.
        return Duration.between(end, capturedAt).plus(picture.dividedBy(2)).compareTo(INTERVAL) >= 0;
    }

    /**
     * Makes the manifest over all packages added since the last one.
     *
     * @param capturedAt UTC of the picture the manifest stands in front of. Where it lies before the last one's, the last one's is taken:
     *     times of a run do not go back; a sender whose clock was set back by more than a second begins a new run
     * @param announced the epoch in force from this picture on
     * @throws IllegalArgumentException for a time before 1970 or after 9999
     */
    public SignedManifest close(Instant capturedAt, CommittedEpoch announced) {
        Instant time = Manifest.ofMicros(Manifest.micros(capturedAt.isBefore(end) ? end : capturedAt));
        CommittedEpoch covered = epoch == null ? announced : epoch;
        List<Coverage> coverages = new ArrayList<>();
        MessageDigest root = Digest.newSha256();
        tracks.forEach((track, listed) -> {
            coverages.add(new Coverage(track, listed.first, listed.shortDigests.toByteArray()));
            root.update(listed.wholeDigests.toByteArray());
        });
        stated = parameterSets.digests();
        Manifest manifest = new Manifest(
                stream,
                run,
                number,
                previous,
                epoch == null ? time : end,
                time,
                covered,
                announced,
                coverages,
                Digest.of(root.digest()),
                stated);
        SignedManifest signed = SignedManifest.sign(manifest, key);
        if (announced.number() != covered.number()) {
            nextNumbers.clear();
        }
        tracks.clear();
        number++;
        previous = signed.digest();
        epoch = announced;
        end = time;
        return signed;
    }
}
