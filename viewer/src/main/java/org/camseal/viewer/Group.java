package org.camseal.viewer;

import java.time.Instant;
import org.camseal.recorder.GroupVerdict;
import org.jspecify.annotations.Nullable;

/**
 * A group of pictures on the page's timeline: what this viewer found, and what the recorder says.
 *
 * @param id the same for the same group as long as the page is open
 * @param start UTC time of its first unit
 * @param end UTC time of the unit behind its last
 * @param number of its manifest; -1 where there is none
 * @param own what this viewer found itself; null where it has not looked yet
 * @param source what this viewer looked at; null where it has not
 * @param recorder what the recorder says it found on arrival; null where it says nothing
 * @param differs true where the two say different things
 */
record Group(
        String id,
        Instant start,
        Instant end,
        long number,
        @Nullable GroupVerdict own,
        @Nullable Source source,
        @Nullable GroupVerdict recorder,
        boolean differs) {
    /** What was looked at. */
    enum Source {
        /** The stored recording, as the recorder hands it out. */
        STORED,
        /** The stream as it arrived. */
        ARRIVING
    }

    static Group of(@Nullable GroupVerdict own, @Nullable Source source, @Nullable GroupVerdict recorder) {
        GroupVerdict shown = own != null ? own : recorder;
        if (shown == null) {
            throw new IllegalArgumentException("a group that nobody has judged");
        }
        boolean differs = own != null
                && recorder != null
                && (own.verdict() != recorder.verdict() || own.signer() != recorder.signer());
        return new Group(id(shown), shown.start(), shown.end(), shown.group(), own, source, recorder, differs);
    }

    /** Run and number name a group; where no manifest does, its time must. */
    static String id(GroupVerdict verdict) {
        return verdict.group() >= 0
                ? verdict.run() + "-" + verdict.group()
                : "at-" + verdict.start().toEpochMilli();
    }
}
