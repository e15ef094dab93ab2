package org.camseal.recorder;

import java.time.Instant;
import java.util.List;

/**
 * What a recorder has of a camera in some time: an answer of its HTTP interface.
 *
 * @param segments in order
 * @param gaps in the order in which they began
 * @param now the recorder's clock
 */
public record RecordingList(List<Segment> segments, List<Gap> gaps, Instant now) {}
