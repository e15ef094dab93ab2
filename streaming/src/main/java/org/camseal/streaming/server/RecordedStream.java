package org.camseal.streaming.server;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.camseal.media.Track;

/** A recording that can be replayed, and may grow and lose its oldest part meanwhile. All methods may be called from any thread. */
public interface RecordedStream {
    /**
     * From when to when something is recorded; gaps may lie between.
     *
     * @param from UTC time of capture of the first unit
     * @param to UTC time of capture of the last unit so far
     */
    record Extent(Instant from, Instant to) {}

    /** The tracks of the newest part; empty where nothing is recorded. */
    List<Track> tracks();

    /** How far the recording reaches now; empty where nothing is recorded. */
    Optional<Extent> extent();

    /** True while units are being added. */
    boolean isRecording();

    /**
     * Opens the recording at the last group of pictures that begins at or before a time and has something of that time or behind it; in a
     * gap, and in front of everything, at the first one behind the time. Parts whose tracks differ from {@link #tracks()} in number or
     * codec are passed over as gaps are.
     *
     * @throws IOException where it cannot be read
     */
    RecordedGroups open(Instant from) throws IOException;

    /**
     * Opens the recording at the last group of pictures that begins at or before a time, to be read against time: what {@link
     * RecordedGroups#next} gives is the group in front each time, and null where there is none. A group that lies in several parts comes in
     * the order of those parts. What {@link RecordedGroups.Group#follows} says is about time, not about reading: it compares a group with what
     * was recorded in front of it.
     *
     * @throws IOException where it cannot be read
     */
    RecordedGroups openBackwards(Instant from) throws IOException;
}
