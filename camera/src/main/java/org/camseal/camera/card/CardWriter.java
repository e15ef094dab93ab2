package org.camseal.camera.card;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.camseal.camera.card.CardEvent.Cause;
import org.camseal.manifest.StreamContext;
import org.camseal.media.AccessUnit;
import org.camseal.media.MediaException;
import org.camseal.media.Track;
import org.camseal.media.VideoUnit;
import org.camseal.media.segment.FreeSpace;
import org.camseal.media.segment.SegmentName;
import org.camseal.media.segment.SegmentWriter;
import org.jspecify.annotations.Nullable;

/**
 * Writes what the queue gives to the card, in a thread of its own. A segment begins at a key picture: at the first one, after the segment length,
 * behind a gap, and where writing goes on after it had stopped. The oldest segments make room; where that does not help, or the card refuses, writing
 * stops, is stated once, and is tried again at each key picture.
 */
final class CardWriter {
    /** A segment has at most this part of the quota, so that there is always something to delete. */
    private static final int PARTS = 8;

    private final CardSettings settings;
    private final CardIndex index;
    private final FreeSpace freeSpace;
    private final Consumer<CardEvent> events;
    private StreamContext context = new StreamContext();
    private List<Track> tracks = List.of();
    private @Nullable SegmentWriter writer;
    private @Nullable CardSegment segment;
    private @Nullable Instant last;
    private boolean stopped;
    private boolean stated;

    CardWriter(CardSettings settings, CardIndex index, FreeSpace freeSpace, Consumer<CardEvent> events) {
        this.settings = settings;
        this.index = index;
        this.freeSpace = freeSpace;
        this.events = events;
    }

    void begin(List<Track> itsTracks) {
        finish();
        tracks = itsTracks;
        context = new StreamContext();
        last = null;
    }

    /** Takes a unit; {@code afterLoss} where others were lost in front of it. */
    void take(AccessUnit unit, boolean afterLoss) {
        context.note(unit);
        try {
            if (unit instanceof VideoUnit video && video.isKey()) {
                atKeyPicture(video, afterLoss);
                write(context.complete(video));
            } else {
                write(unit);
            }
        } catch (IOException | MediaException refused) {
            stop(unit.capturedAt(), refused);
        }
        last = unit.capturedAt();
    }

    private void write(AccessUnit unit) throws IOException, MediaException {
        SegmentWriter open = writer;
        CardSegment here = segment;
        if (open == null || here == null) {
            return;
        }
        Instant before = open.end();
        if (open.write(unit)) {
            here.grown(open.wholeBytes(), before);
            index.touched();
            makeRoom();
        }
    }

    private void atKeyPicture(VideoUnit key, boolean afterLoss) throws IOException {
        if (writer != null && (afterLoss || isDue(key))) {
            finish();
        }
        if (writer != null) {
            return;
        }
        Path directory = settings.directory();
        if (!Files.isDirectory(directory)) {
            state(key.capturedAt(), Cause.MISSING, directory + " is not there; put the card in, or name another place");
            stopped = true;
            return;
        }
        if (stopped) {
            index.load(); // it may be another card
        }
        if (!makeRoom()) {
            state(
                    key.capturedAt(),
                    Cause.FULL,
                    "less than " + settings.minimumFreeBytes()
                            + " bytes are free, and nothing recorded is left to delete");
            stopped = true;
            return;
        }
        SegmentName name = SegmentName.free(directory, key.capturedAt());
        Files.createDirectories(name.day(directory));
        writer = SegmentWriter.create(name, directory, tracks);
        segment = new CardSegment(name, name.video(directory), 0, true);
        index.add(segment, tracks);
        if (stopped || afterLoss || !stated) {
            stopped = false;
            stated = true;
            events.accept(new CardEvent.Writing(key.capturedAt()));
        }
    }

    /** True where a segment has become long enough, or the time of capture jumps. */
    private boolean isDue(VideoUnit key) {
        SegmentWriter open = writer;
        Instant before = last;
        if (open == null || before == null) {
            return true;
        }
        Duration apart = Duration.between(before, key.capturedAt());
        Duration length = Duration.between(open.name().start(), key.capturedAt());
        return apart.isNegative()
                || apart.compareTo(CardGroups.MOST_APART) > 0
                || length.compareTo(settings.segmentLength()) >= 0
                || open.wholeBytes() > settings.quotaBytes() / PARTS;
    }

    /** Deletes the oldest until quota and free room are kept; false where that cannot be. */
    private boolean makeRoom() throws IOException {
        while (index.bytes() > settings.quotaBytes()) {
            if (!index.deleteOldest()) {
                break; // what is being written is more than all there may be: the next key picture ends it
            }
        }
        while (freeSpace.usableBytes(settings.directory()) < settings.minimumFreeBytes()) {
            if (!index.deleteOldest()) {
                return false;
            }
        }
        return true;
    }

    private void stop(Instant from, Exception refused) {
        String seen = String.valueOf(refused.getMessage());
        boolean full = seen.toLowerCase(Locale.ROOT).contains("no space left");
        if (!Files.isDirectory(settings.directory())) {
            state(from, Cause.MISSING, settings.directory() + " is gone; put the card in again");
        } else if (full) {
            state(from, Cause.FULL, "no space is left on it; the oldest segment makes room");
            deleteOldest();
        } else {
            state(from, Cause.REFUSED, seen + "; check whether it is read-only or worn out");
        }
        stopped = true;
        finish();
    }

    private void deleteOldest() {
        try {
            if (!index.deleteOldest()) {
                stopped = true;
            }
        } catch (IOException refused) {
            // it is stated already that the card does not work
        }
    }

    private void state(Instant from, Cause cause, String detail) {
        if (!stopped) {
            events.accept(new CardEvent.NotWriting(from, cause, detail));
        }
    }

    /** Completes the segment; what was not written is lost, and the gap is seen in the times. */
    void finish() {
        SegmentWriter open = writer;
        CardSegment here = segment;
        writer = null;
        segment = null;
        if (open == null || here == null) {
            return;
        }
        Instant end = open.end();
        try {
            open.close();
            here.grown(open.wholeBytes(), end);
        } catch (IOException refused) {
            // whole fragments stay; the rest was a group at most
        }
        here.finished();
        if (here.bytes() == 0) {
            index.forget(here);
        }
        index.touched();
    }
}
