package org.camseal.recorder;

import org.jspecify.annotations.Nullable;

/**
 * One line of a segment's verdict log: a group's verdict, or, as the last line, the segment summed up.
 *
 * @param group null in the last line
 * @param segment null in all others
 */
record LogLine(@Nullable GroupVerdict group, @Nullable Segment segment) {
    static LogLine of(GroupVerdict group) {
        return new LogLine(group, null);
    }

    static LogLine of(Segment segment) {
        return new LogLine(null, segment);
    }
}
