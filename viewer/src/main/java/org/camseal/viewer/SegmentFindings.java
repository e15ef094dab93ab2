package org.camseal.viewer;

import java.time.Instant;
import java.util.List;
import org.camseal.recorder.GroupVerdict;

/**
 * What this viewer found when it went through a stored segment.
 *
 * @param version of the segment's file then
 * @param until where the look ended: behind the segment's end, or earlier for one that was still being written
 */
record SegmentFindings(String version, Instant until, List<GroupVerdict> groups) {
    SegmentFindings {
        groups = List.copyOf(groups);
    }
}
