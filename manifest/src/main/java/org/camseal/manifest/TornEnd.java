package org.camseal.manifest;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Finds the last unit of a recording that ends in the middle of a NAL unit or frame, as a byte stream does after a power cut. It is as
 * unvouched for as all behind the last manifest, and speaks against nobody.
 */
final class TornEnd {
    private final Map<SealedTrack, Long> latest = new EnumMap<>(SealedTrack.class);

    /** Something of a unit came by. */
    void passes(Event event) {
        latest.put(event.unit().track(), event.unit().accessUnit());
    }

    /** The events that a torn end explains: of each track at most one, in its last unit. */
    List<Event> explains(List<Event> oddities) {
        return oddities.stream()
                .filter(event -> isInLatest(event.unit()))
                .filter(event -> isTorn(event) && isAlone(event, oddities))
                .toList();
    }

    private static boolean isTorn(Event event) {
        return event instanceof Event.Odd odd && odd.oddity().reason() == Reason.CLEAR_CONTENT;
    }

    private boolean isInLatest(Position unit) {
        Long found = latest.get(unit.track());
        return found != null && found == unit.accessUnit();
    }

    private static boolean isAlone(Event event, List<Event> oddities) {
        return oddities.stream()
                        .filter(other ->
                                other.unit().accessUnit() == event.unit().accessUnit())
                        .count()
                == 1;
    }
}
