package org.camseal.manifest;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A group while it is being judged; or a stretch of packages that no manifest covers. */
final class GroupDraft {
    private final long ordinal;
    private final long stamp;
    private final @Nullable GroupDraft gap;
    private final Optional<Manifest> manifest;
    private final Optional<Signer> signer;
    private final Position end;
    private final Findings findings = new Findings();
    private final Map<SealedTrack, Listing> listings = new EnumMap<>(SealedTrack.class);
    private Optional<Duration> drift = Optional.empty();
    private RunBook.Step step = RunBook.Step.of(RunBook.Kind.FIRST);
    private @Nullable Position first;
    private @Nullable Position last;

    private GroupDraft(
            long ordinal,
            long stamp,
            @Nullable GroupDraft gap,
            Optional<Manifest> manifest,
            Optional<Signer> signer,
            Position end) {
        this.ordinal = ordinal;
        this.stamp = stamp;
        this.gap = gap;
        this.manifest = manifest;
        this.signer = signer;
        this.end = end;
        for (SealedTrack track : SealedTrack.values()) {
            Coverage coverage = manifest.stream()
                    .flatMap(m -> m.tracks().stream())
                    .filter(c -> c.track() == track)
                    .findFirst()
                    .orElse(null);
            listings.put(track, new Listing(track, this, coverage));
        }
    }

    /** The group of a manifest. */
    static GroupDraft of(
            Event.Manifested seen, Optional<Signer> signer, @Nullable GroupDraft gap, long ordinal, long stamp) {
        return new GroupDraft(ordinal, stamp, gap, Optional.of(seen.signed().manifest()), signer, seen.unit());
    }

    /** A stretch without a manifest that ends at a place. */
    static GroupDraft stretch(Position end, long ordinal, long stamp) {
        return new GroupDraft(ordinal, stamp, null, Optional.empty(), Optional.empty(), end);
    }

    /** Counts groups and stretches in the order of the recording. */
    long ordinal() {
        return ordinal;
    }

    /** How many manifests had come by before this one. */
    long stamp() {
        return stamp;
    }

    /** What lies between the manifest before and this group, where they do not follow one another. */
    @Nullable
    GroupDraft gap() {
        return gap;
    }

    Optional<Manifest> manifest() {
        return manifest;
    }

    Findings findings() {
        return findings;
    }

    Listing listing(SealedTrack track) {
        Listing listing = listings.get(track);
        if (listing == null) {
            throw new IllegalStateException("every draft has every track");
        }
        return listing;
    }

    /** The unit that ends the group: the one its manifest stands in. */
    Position end() {
        return end;
    }

    Position first() {
        return first == null ? end : first;
    }

    /** Says which step from one manifest to the next the stretch stands for. */
    void standsFor(RunBook.Step taken) {
        step = taken;
    }

    RunBook.Step step() {
        return step;
    }

    Optional<Signer> signer() {
        return signer;
    }

    void drift(Duration value) {
        drift = Optional.of(value);
    }

    /** A package of the group stands in that unit. */
    void touch(Position unit) {
        if (first == null || unit.accessUnit() < first.accessUnit()) {
            first = unit;
        }
        if (last == null || unit.accessUnit() > last.accessUnit()) {
            last = unit;
        }
    }

    boolean isUntouched() {
        return first == null;
    }

    List<Listing> listings() {
        return List.copyOf(listings.values());
    }

    long unvouched() {
        return listings.values().stream().mapToLong(Listing::unvouchedCount).sum();
    }

    GroupReport toReport() {
        List<TrackCount> counts = new ArrayList<>();
        for (Listing listing : listings.values()) {
            TrackCount count = listing.toCount();
            if (count.listed() + count.wrong() + count.unvouched() > 0) {
                counts.add(count);
            }
        }
        return new GroupReport(
                manifest.map(m -> new GroupReport.Group(m.stream(), m.run(), m.number(), m.start(), m.end())),
                findings.worst(),
                findings.all(),
                signer,
                counts,
                first(),
                last == null ? end : last,
                drift);
    }
}
