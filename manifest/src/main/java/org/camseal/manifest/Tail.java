package org.camseal.manifest;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** What stands behind the last manifest of a recording. */
final class Tail {
    /** Twice the interval of manifests: a longer tail lacks a manifest. */
    private static final Duration LONGEST = ManifestRecorder.INTERVAL.multipliedBy(2);

    private Tail() {}

    /** @param torn what is left of units that the recording's end cut through */
    static Optional<OpenTail> of(Collection<Seen> video, Collection<Seen> audio, Collection<Event> torn) {
        List<Position> units = new ArrayList<>();
        video.forEach(seen -> units.add(seen.unit()));
        audio.forEach(seen -> units.add(seen.unit()));
        torn.forEach(event -> units.add(event.unit()));
        if (units.isEmpty()) {
            return Optional.empty();
        }
        units.sort(Comparator.comparingLong(Position::accessUnit));
        long count = units.stream().mapToLong(Position::accessUnit).distinct().count();
        return Optional.of(new OpenTail(
                count, (long) video.size() + audio.size(), units.getFirst(), units.getLast(), !torn.isEmpty()));
    }

    /** True if the pictures of the tail last longer than manifests are apart; one picture alone may last as long as it likes. */
    static boolean isTooLong(Deque<Seen> video) {
        return !video.isEmpty()
                && ManifestJudge.isLonger(
                        video.getFirst().unit(), video.getLast().unit(), LONGEST);
    }
}
