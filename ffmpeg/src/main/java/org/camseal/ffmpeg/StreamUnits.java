package org.camseal.ffmpeg;

import java.time.Instant;
import org.camseal.media.AccessUnit;
import org.camseal.media.MediaException;
import org.camseal.media.MediaTime;
import org.camseal.media.TrackFormat;
import org.jspecify.annotations.Nullable;

/** Turns the packets of one stream of a container into access units. */
abstract sealed class StreamUnits permits VideoUnits, AudioUnits {
    /** Learns what it can of the format from a packet that is read ahead. */
    abstract void look(Packet packet) throws MediaException;

    /** The format, or null as long as it is not known. */
    abstract @Nullable TrackFormat format();

    /** Takes the next packet in stored order; null if it holds nothing. */
    abstract @Nullable Pending accept(int track, Packet packet) throws MediaException;

    /** A unit whose bytes are known, and perhaps not yet its decode time. */
    interface Pending {
        int sizeBytes();

        /** True if {@link #unit} can be called now. */
        boolean ready();

        /** The presentation time, from which the capture time is told. */
        MediaTime time();

        /** Must be called once, in stored order. */
        AccessUnit unit(Instant capturedAt);
    }
}
