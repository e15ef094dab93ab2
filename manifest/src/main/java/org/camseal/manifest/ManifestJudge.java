package org.camseal.manifest;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Puts packages under their manifests and says what is wrong with each group. Manifests that come here are known to be signed by somebody,
 * or given up on; what waits for a certificate waits in front of here.
 */
final class ManifestJudge {
    /** A group's sound may stand up to this many groups before or behind its manifest: containers interleave loosely. */
    static final int LOOSE = 3;

    /** Longer than this without a manifest, and one is missing. */
    static final Duration SILENCE = Duration.ofSeconds(15);

    private final boolean hasAudio;
    private final int limit;
    private final RunBook runs = new RunBook();
    private final TrackMatcher video = new TrackMatcher(SealedTrack.VIDEO);
    private final TrackMatcher audio = new TrackMatcher(SealedTrack.AUDIO);
    private final Deque<GroupDraft> open = new ArrayDeque<>();
    private final List<Event> oddities = new ArrayList<>();
    private final List<GroupReport> reports = new ArrayList<>();
    private final TornEnd tornEnd = new TornEnd();
    private List<ShortDigest> stated = List.of();
    private long stamp;
    private long ordinal;
    private boolean overflowed;
    private @Nullable Position stretchStart;
    private Event.@Nullable Manifested previous;

    ManifestJudge(boolean hasAudio, int limit) {
        this.hasAudio = hasAudio;
        this.limit = limit;
    }

    /** Reports that have become final since the last call. */
    List<GroupReport> takeReports() {
        List<GroupReport> taken = List.copyOf(reports);
        reports.clear();
        return taken;
    }

    void add(Event.Sealed seen) {
        tornEnd.passes(seen);
        Seen entry = new Seen(seen.unit(), seen.n(), seen.digest(), ShortDigest.of(seen.digest()), stamp);
        (seen.unit().track() == SealedTrack.VIDEO ? video : audio).seen(entry);
        passes(seen.unit());
    }

    void odd(Event event) {
        tornEnd.passes(event);
        if (event instanceof Event.LateParameterSet late && (stamp == 0 || stated.contains(late.digest()))) {
            return;
        }
        if (oddities.size() < Findings.MAX) {
            oddities.add(event);
        }
        passes(event.unit());
    }

    /** Ends a stretch in which too much has come by without a manifest. */
    private void passes(Position unit) {
        if (stretchStart == null) {
            stretchStart = unit;
        }
        int waiting = video.waiting().size() + audio.waiting().size();
        boolean isLong = unit.track() == stretchStart.track() && isLonger(stretchStart, unit, SILENCE);
        if (waiting < limit && !isLong) {
            return;
        }
        GroupDraft stretch = GroupDraft.stretch(unit, ordinal++, stamp);
        takeUnvouched(stretch);
        judgeStretch(stretch, isLong ? Reason.MANIFEST_LOST : Reason.TOO_MANY_WAITING);
        while (!open.isEmpty()) {
            closeFirst();
        }
        reports.add(stretch.toReport());
        overflowed = true;
        stretchStart = null;
    }

    static boolean isLonger(Position from, Position to, Duration length) {
        return to.time().toDuration().minus(from.time().toDuration()).compareTo(length) > 0;
    }

    private void takeUnvouched(GroupDraft stretch) {
        for (TrackMatcher matcher : List.of(video, audio)) {
            Deque<Seen> waiting = matcher.waiting();
            waiting.forEach(seen -> stretch.listing(seen.unit().track()).unvouched(seen));
            waiting.clear();
        }
    }

    /** Says what a stretch without any manifest is. */
    private void judgeStretch(GroupDraft stretch, Reason reason) {
        Position from = stretchStart == null ? stretch.end() : stretchStart;
        long packages = stretch.unvouched();
        boolean isClear = oddities.stream().anyMatch(ManifestJudge::isClearContent);
        if (stamp == 0) {
            stretch.findings()
                    .add(
                            isClear
                                    ? new Verdict.Unsigned(Reason.NOT_SEALED, "clear video, which nobody signed", from)
                                    : new Verdict.Unsigned(
                                            Reason.NO_MANIFEST, packages + " packages without any manifest", from));
            oddities.removeIf(ManifestJudge::isClearContent);
        } else if (packages > 0) {
            stretch.findings().incomplete(reason, packages + " packages without a manifest", from);
        }
        Conclusion.findOddities(stretch, List.copyOf(oddities));
        oddities.clear();
        stretch.touch(from);
    }

    private static boolean isClearContent(Event event) {
        return event instanceof Event.Odd odd && odd.oddity().reason() == Reason.CLEAR_CONTENT;
    }

    void manifest(Event.Manifested seen, Optional<Signer> signer) {
        RunBook.Step step = runs.step(seen.signed(), signer.isPresent());
        if (step.kind() == RunBook.Kind.AGAIN) {
            return;
        }
        GroupDraft gap = switch (step.kind()) {
            case FOLLOWS, CONTRADICTS, AGAIN -> null;
            case FIRST, AFTER_GAP, NEW_RUN, INSIDE_NEW_RUN -> GroupDraft.stretch(seen.unit(), ordinal++, stamp);
        };
        GroupDraft group = GroupDraft.of(seen, signer, gap, ordinal++, stamp);
        stamp++;
        Conclusion.findPlace(step, group);
        Conclusion.findSigner(group);
        layBeside(group, step.kind());
        attachOddities(group);
        if (step.kind() != RunBook.Kind.CONTRADICTS) {
            stated = seen.signed().manifest().parameterSets();
            Conclusion.findParameterSets(group, seen);
        }
        if (previous != null && step.kind() == RunBook.Kind.FOLLOWS) {
            group.drift(Conclusion.drift(previous, seen));
        }
        open.add(group);
        previous = seen;
        stretchStart = null;
        overflowed = false;
        closeReady();
    }

    /** Lays the lists beside the packages. All pictures in front of a manifest are of its group, or of groups before. */
    private void layBeside(GroupDraft group, RunBook.Kind kind) {
        Listing pictures = group.listing(SealedTrack.VIDEO);
        video.open(pictures);
        audio.open(group.listing(SealedTrack.AUDIO));
        if (kind != RunBook.Kind.CONTRADICTS) {
            video.settle(pictures, stamp);
        }
        video.close(pictures, kind == RunBook.Kind.FIRST);
        if (pictures.lost() > 0) {
            Conclusion.findLost(group, pictures, overflowed ? Reason.TOO_MANY_WAITING : Reason.PACKAGES_LOST);
        }
    }

    private void attachOddities(GroupDraft group) {
        GroupDraft gap = group.gap();
        for (Event event : oddities) {
            boolean isInGap = gap != null && (group.isUntouched() || isBefore(event, group.first()));
            Conclusion.findOddities(gap != null && isInGap ? gap : group, List.of(event));
        }
        oddities.clear();
    }

    /** A manifest that cannot be used would have ended the group in front of its unit; all else belongs to its unit. */
    private static boolean isBefore(Event event, Position first) {
        boolean isManifest = event instanceof Event.Odd odd
                && (odd.oddity().reason() == Reason.BAD_SIGNATURE
                        || odd.oddity().reason() == Reason.MALFORMED);
        return event.unit().accessUnit() < first.accessUnit() + (isManifest ? 1 : 0);
    }

    /** Closes the groups that nothing more is to come for, oldest first. */
    private void closeReady() {
        while (!open.isEmpty()) {
            GroupDraft group = open.getFirst();
            Listing sound = group.listing(SealedTrack.AUDIO);
            boolean isOld = stamp > group.stamp() + LOOSE;
            if (hasAudio && !audio.isPast(sound) && !isOld) {
                return;
            }
            closeFirst();
        }
    }

    private void closeFirst() {
        GroupDraft group = open.removeFirst();
        Listing sound = group.listing(SealedTrack.AUDIO);
        if (!audio.isPast(sound)) {
            audio.settle(sound, group.stamp() + 1);
        }
        audio.close(sound, group.stamp() < LOOSE);
        conclude(group, hasAudio);
    }

    private void conclude(GroupDraft group, boolean isAudioThere) {
        Listing sound = group.listing(SealedTrack.AUDIO);
        if (sound.lost() > 0 || (!isAudioThere && sound.count() > 0)) {
            Conclusion.findLost(group, sound, isAudioThere ? Reason.PACKAGES_LOST : Reason.TRACK_LEFT_OUT);
        }
        if (group.gap() != null) {
            Conclusion.ofGap(group.gap()).ifPresent(reports::add);
        }
        Conclusion.ofGroup(group).ifPresent(reports::add);
    }

    /** Ends the recording; returns what no manifest covers at its end. */
    Optional<OpenTail> finish() {
        boolean isAudioThere = hasAudio && audio.hasAny();
        audio.closeAllAtEnd(stamp <= LOOSE);
        open.forEach(group -> conclude(group, isAudioThere));
        open.clear();
        List<Event> torn = stamp == 0 ? List.of() : tornEnd.explains(oddities);
        oddities.removeAll(torn);
        Optional<OpenTail> tail = Tail.of(video.waiting(), audio.waiting(), torn);
        boolean isTooLong = tail.isPresent() && Tail.isTooLong(video.waiting());
        if (!oddities.isEmpty() || isTooLong || (stamp == 0 && stretchStart != null)) {
            Position end =
                    tail.map(OpenTail::to).orElseGet(() -> oddities.getLast().unit());
            GroupDraft stretch = GroupDraft.stretch(end, ordinal++, stamp);
            takeUnvouched(stretch);
            judgeStretch(stretch, Reason.MANIFEST_LOST);
            reports.add(stretch.toReport());
        }
        return tail;
    }
}
