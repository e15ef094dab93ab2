package org.camseal.recorder;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import org.camseal.media.AccessUnit;
import org.camseal.media.MediaException;
import org.camseal.media.MediaTime;
import org.camseal.media.Track;
import org.camseal.media.VideoUnit;
import org.camseal.media.segment.FreeSpace;
import org.jspecify.annotations.Nullable;

/**
 * Writes what one connection receives into segments. A segment begins at a key picture: at the first one, after the segment length, and
 * where writing goes on after it had stopped. Writing stops before the disk is full, or when the disk refuses; it is tried again at each
 * key picture. Nothing is deleted to make room.
 */
final class SegmentKeeper implements Reception.Sink {
    /** How much more than the minimum must be free before writing goes on, so that it does not stop again at once. */
    private static final long MAX_MARGIN_BYTES = 256L << 20;

    private static final int LOGS_KEPT_OPEN = 2;

    /** What the keeper tells about itself. */
    interface Listener {
        void storing(Instant from);

        void notStoring(Instant from, Gap.Cause cause, String detail);

        void verdict(GroupVerdict verdict);
    }

    private final SegmentStore store;
    private final List<Track> tracks;
    private final RecorderSettings.Storage limits;
    private final FreeSpace freeSpace;
    private final Path directory;
    private final Listener listener;
    private final ArrayDeque<OpenSegment> logs = new ArrayDeque<>();
    private @Nullable OpenSegment segment;
    private @Nullable MediaTime segmentStart;
    private Instant lastStored = Instant.EPOCH;
    private boolean stopped;
    private long groupBytes;
    private long lastGroupBytes;

    SegmentKeeper(
            SegmentStore store, List<Track> tracks, RecorderSettings settings, FreeSpace freeSpace, Listener listener) {
        this.store = store;
        this.tracks = tracks;
        this.limits = settings.storage();
        this.directory = settings.directory();
        this.freeSpace = freeSpace;
        this.listener = listener;
    }

    @Override
    public void unit(AccessUnit unit, long number) {
        try {
            if (unit instanceof VideoUnit video && video.isKey()) {
                lastGroupBytes = groupBytes;
                groupBytes = 0;
                atKeyPicture(video, number);
            }
            OpenSegment open = segment;
            if (open != null) {
                open.write(unit);
                lastStored = unit.capturedAt();
            }
            groupBytes += unit.sizeBytes();
        } catch (IOException | MediaException refused) {
            stop(Gap.Cause.DISK_ERROR, "writing failed: " + refused.getMessage());
        }
    }

    private void atKeyPicture(VideoUnit key, long number) throws IOException {
        long free = freeSpace.usableBytes(directory);
        long needed = limits.minimumFreeBytes() + lastGroupBytes;
        long margin = stopped ? Math.min(MAX_MARGIN_BYTES, limits.minimumFreeBytes() / 8) : 0;
        if (free < needed + margin) {
            stop(
                    Gap.Cause.DISK_FULL,
                    "only " + free + " bytes are free, and " + limits.minimumFreeBytes()
                            + " must stay free; make room or add a disk");
            return;
        }
        MediaTime start = segmentStart;
        boolean due = start != null
                && key.decodeTime().toDuration().minus(start.toDuration()).compareTo(limits.segmentLength()) >= 0;
        if (segment == null || due) {
            finishVideo();
            segment = store.begin(key.capturedAt(), tracks, number);
            segmentStart = key.decodeTime();
            logs.addLast(segment);
            while (logs.size() > LOGS_KEPT_OPEN) {
                finishLog(logs.removeFirst());
            }
            stopped = false;
            listener.storing(key.capturedAt());
        }
    }

    private void stop(Gap.Cause cause, String detail) {
        if (!stopped) {
            stopped = true;
            listener.notStoring(lastStored.equals(Instant.EPOCH) ? Instant.MIN : lastStored, cause, detail);
        }
        try {
            finishVideo();
        } catch (IOException refused) {
            // what was written before stays as whole fragments; the gap has been stated
            segment = null;
        }
    }

    @Override
    public void verdict(GroupVerdict verdict, long firstUnit) {
        listener.verdict(verdict);
        OpenSegment home = null;
        for (OpenSegment one : logs) {
            if (home == null || one.firstUnit() <= firstUnit) {
                home = one;
            }
        }
        if (home == null || !home.reaches(firstUnit)) {
            return; // of units that were not stored
        }
        try {
            home.log(verdict);
        } catch (IOException refused) {
            stop(Gap.Cause.DISK_ERROR, "writing a verdict failed: " + refused.getMessage());
        }
    }

    /** When the last unit that was stored was captured; the epoch where none was. */
    Instant lastStored() {
        return lastStored;
    }

    private void finishVideo() throws IOException {
        OpenSegment open = segment;
        if (open != null) {
            segment = null;
            segmentStart = null;
            try {
                open.finishVideo();
            } finally {
                store.finished(open);
            }
        }
    }

    private void finishLog(OpenSegment done) {
        try {
            done.finishLog();
        } catch (IOException refused) {
            // the summary is made again at the next start
        }
        store.finished(done);
    }

    /** Completes everything; the last verdicts must have come. */
    void close() {
        try {
            finishVideo();
        } catch (IOException refused) {
            stop(Gap.Cause.DISK_ERROR, "writing failed: " + refused.getMessage());
        }
        logs.forEach(this::finishLog);
        logs.clear();
    }
}
