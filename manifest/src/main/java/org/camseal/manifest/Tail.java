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

    static Optional<OpenTail> of(Collection<Seen> video, Collection<Seen> audio) {
        List<Seen> all = new ArrayList<>(video);
        all.addAll(audio);
        if (all.isEmpty()) {
            return Optional.empty();
        }
        all.sort(Comparator.comparingLong(seen -> seen.unit().accessUnit()));
        long units = all.stream()
                .mapToLong(seen -> seen.unit().accessUnit())
                .distinct()
                .count();
        return Optional.of(new OpenTail(
                units, all.size(), all.getFirst().unit(), all.getLast().unit()));
    }

    /** True if the pictures of the tail last longer than manifests are apart; one picture alone may last as long as it likes. */
    static boolean isTooLong(Deque<Seen> video) {
        return !video.isEmpty()
                && ManifestJudge.isLonger(
                        video.getFirst().unit(), video.getLast().unit(), LONGEST);
    }
}
