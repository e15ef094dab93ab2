package org.camseal.manifest;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.camseal.media.AccessUnit;
import org.camseal.media.AudioUnit;
import org.camseal.media.NalUnit;
import org.camseal.media.Track;
import org.camseal.media.VideoFormat;
import org.jspecify.annotations.Nullable;

/**
 * Judges a sealed recording or live stream as it passes by, without any content key (docs/spec/sealed-video.md, verdicts). Give it every
 * access unit of every track in the order in which the container stores them; it returns the reports that have become final: in a live
 * stream one per manifest, about one group late. Any bytes lead to a verdict, none to an exception. Confined to one thread; memory is
 * bounded by {@link Limits}, time is linear in the bytes.
 */
public final class ManifestChecker {
    private final ParameterSets parameterSets = new ParameterSets();
    private final Signers signers = new Signers();
    private final Tally tally = new Tally();
    private final Track video;
    private final @Nullable Track audio;
    private final ManifestJudge judge;
    private final HeldEvents events;
    private Optional<OpenTail> tail = Optional.empty();
    private long accessUnit;

    /**
     * What a checker keeps at most.
     *
     * @param waitingPackages packages that wait for their manifest, or, with it, for a session certificate
     */
    public record Limits(int waitingPackages) {
        /** 32 768 packages: more than a minute of 60 pictures per second in 8 slices each. */
        public static final Limits DEFAULT = new Limits(32_768);

        public Limits {
            if (waitingPackages < 16) {
                throw new IllegalArgumentException(waitingPackages + " packages; 16 or more expected");
            }
        }
    }

    /**
     * A checker for one recording.
     *
     * @param tracks of the recording: the first one of video and the first one of audio are judged; units of others are reported as foreign
     * @throws IllegalArgumentException without a video track: sealed audio alone has no manifests
     */
    public ManifestChecker(List<Track> tracks) {
        this(tracks, Limits.DEFAULT);
    }

    /** A checker with other limits. */
    public ManifestChecker(List<Track> tracks, Limits limits) {
        this.video = first(tracks, true).orElseThrow(() -> new IllegalArgumentException("no video track"));
        this.audio = first(tracks, false).orElse(null);
        if (video.format() instanceof VideoFormat format) {
            format.parameterSets().stream().filter(NalUnit::isParameterSet).forEach(parameterSets::accept);
        }
        this.judge = new ManifestJudge(audio != null, limits.waitingPackages());
        this.events = new HeldEvents(signers, judge, limits.waitingPackages());
    }

    private static Optional<Track> first(List<Track> tracks, boolean isVideo) {
        return tracks.stream()
                .filter(track -> track.format().codec().isVideo() == isVideo)
                .findFirst();
    }

    /** Judges the next unit; returns the reports that are final now, in the order of their groups. */
    public List<GroupReport> accept(AccessUnit unit) {
        boolean isAudio = unit instanceof AudioUnit;
        Position position = new Position(
                accessUnit++,
                isAudio ? SealedTrack.AUDIO : SealedTrack.VIDEO,
                OptionalLong.empty(),
                unit.decodeTime(),
                unit.capturedAt());
        Track track = isAudio ? audio : video;
        if (track != null && track.number() == unit.track()) {
            judge(position, UnitScan.of(unit, track.format().codec()));
        } else {
            odd(
                    position,
                    Reason.FOREIGN_TRACK,
                    "a unit of track " + unit.track() + ", which sealed video does not have");
        }
        return collect();
    }

    private void judge(Position position, UnitScan scan) {
        for (SealedSei certificate : scan.certificates) {
            certificate(position, certificate);
        }
        for (NalUnit nal : scan.parameterSets) {
            ShortDigest digest = parameterSets.accept(nal);
            if (scan.manifests.isEmpty()) {
                events.accept(new Event.LateParameterSet(position, nal, digest));
            }
        }
        for (SealedSei manifest : scan.manifests) {
            try {
                SignedManifest signed = SignedManifest.parse(manifest.body());
                events.accept(new Event.Manifested(position, signed, parameterSets.digests()));
            } catch (ManifestException.Malformed e) {
                odd(position, Reason.MALFORMED, e.getMessage());
            }
        }
        scan.oddities.forEach(oddity -> events.accept(new Event.Odd(position, oddity)));
        for (SealedPackage found : scan.packages) {
            events.accept(new Event.Sealed(position, found.trailer().n(), Digest.sha256(found.sealedBytes())));
        }
    }

    private void certificate(Position position, SealedSei sei) {
        try {
            switch (signers.accept(sei.body())) {
                case NEW -> events.certificateArrived();
                case KNOWN -> {}
                case CONFLICT ->
                    odd(position, Reason.SIGNER_CONFLICT, "a second leaf, camera or run claims a session key");
            }
        } catch (ManifestException.Malformed e) {
            odd(position, Reason.MALFORMED, e.getMessage());
        } catch (ManifestException.Rejected e) {
            odd(position, Reason.BAD_SIGNATURE, "session certificate: " + e.getMessage());
        }
    }

    private void odd(Position position, Reason reason, String detail) {
        events.accept(new Event.Odd(position, new UnitScan.Oddity(reason, detail)));
    }

    private List<GroupReport> collect() {
        List<GroupReport> reports = judge.takeReports();
        tally.add(reports);
        return reports;
    }

    /** Ends the recording: judges what was waiting. Nothing may be given to the checker afterwards. */
    public List<GroupReport> finish() {
        events.finish();
        tail = judge.finish();
        return collect();
    }

    /** The verdict so far; final after {@link #finish}, which also finds the open tail. */
    public StreamVerdict verdict() {
        return tally.toVerdict(tail);
    }
}
