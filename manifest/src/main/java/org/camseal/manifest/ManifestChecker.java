package org.camseal.manifest;

import java.util.List;
import org.camseal.media.AccessUnit;
import org.camseal.media.Track;

/**
 * Judges a sealed recording or live stream as it passes by, without any content key. Give it every access unit of every track in the
 * order in which the container stores them; it returns the reports that have become final. Any bytes lead to a verdict, none to an
 * exception. Confined to one thread; memory is bounded by {@link Limits}.
 */
public final class ManifestChecker {
    /**
     * What a checker keeps at most.
     *
     * @param waitingPackages packages without their manifest, all tracks
     */
    public record Limits(int waitingPackages) {
        /** 32 768 packages: a minute of 60 pictures per second in 8 slices each, with sound. */
        public static final Limits DEFAULT = new Limits(32_768);

        public Limits {
            if (waitingPackages < 16) {
                throw new IllegalArgumentException(waitingPackages + " packages; 16 or more expected");
            }
        }
    }

    /**
     * @param tracks of the recording: one of video, at most one of audio is judged; units of others are reported as foreign
     * @throws IllegalArgumentException without a video track
     */
    public ManifestChecker(List<Track> tracks) {
        this(tracks, Limits.DEFAULT);
    }

    /** With other limits. */
    public ManifestChecker(List<Track> tracks, Limits limits) {}

    /** Judges the next unit; returns the reports that are final now, in order of their groups. */
    public List<GroupReport> accept(AccessUnit unit) {
        return List.of();
    }

    /** Ends the recording: judges what was waiting. Nothing may be given to the checker after. */
    public List<GroupReport> finish() {
        return List.of();
    }

    /** The verdict so far; final after {@link #finish}. */
    public StreamVerdict verdict() {
        return new StreamVerdict(
                java.util.Optional.empty(),
                0,
                0,
                0,
                0,
                List.of(),
                java.util.Optional.empty(),
                java.util.Optional.empty(),
                java.util.Optional.empty());
    }
}
