package org.camseal.camera.card;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.camseal.media.MediaException;
import org.camseal.media.Track;
import org.camseal.media.TruncatedException;
import org.camseal.media.mp4.FragmentedMp4Writer;
import org.camseal.media.segment.SegmentName;
import org.camseal.streaming.server.RecordedStream.Extent;
import org.jspecify.annotations.Nullable;

/** All segments on the card, in the order of their names. Changed by the one who writes, asked by many. */
final class CardIndex {
    private final Path directory;
    private final ConcurrentSkipListMap<Instant, CardSegment> segments = new ConcurrentSkipListMap<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private long version;
    private volatile List<Track> tracks = List.of();

    CardIndex(Path directory) {
        this.directory = directory;
    }

    /**
     * Looks at the card anew: what a power cut tore off the newest segment is cut off.
     *
     * @throws IOException where it cannot be read
     */
    void load() throws IOException {
        List<SegmentName> names = SegmentName.in(directory);
        if (!names.isEmpty()) {
            recover(names.getLast().video(directory));
        }
        Map<Instant, CardSegment> found = new HashMap<>();
        for (SegmentName name : names) {
            Path file = name.video(directory);
            if (Files.exists(file)) {
                found.put(name.start(), new CardSegment(name, file, Files.size(file), false));
            }
        }
        segments.keySet().retainAll(found.keySet());
        segments.putAll(found);
        tracks = List.of();
        touched();
    }

    private static void recover(Path newest) throws IOException {
        try {
            FragmentedMp4Writer.recover(newest);
        } catch (TruncatedException nothingWhole) {
            Files.deleteIfExists(newest);
        } catch (MediaException damaged) {
            // kept as it is: its whole fragments are read, and whoever checks it is told
        }
    }

    void add(CardSegment segment, List<Track> itsTracks) {
        segments.put(segment.name().start(), segment);
        tracks = itsTracks;
        touched();
    }

    /** A segment has become longer, or is finished. */
    void touched() {
        lock.lock();
        try {
            version++;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    long version() {
        lock.lock();
        try {
            return version;
        } finally {
            lock.unlock();
        }
    }

    /** Waits until something has changed since a version, or time is over. */
    void await(long since, long nanos) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = nanos;
            while (version == since && left > 0) {
                left = changed.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    long bytes() {
        return segments.values().stream().mapToLong(CardSegment::bytes).sum();
    }

    /**
     * Deletes the oldest segment that is finished.
     *
     * @return false where there is none
     */
    boolean deleteOldest() throws IOException {
        Map.Entry<Instant, CardSegment> oldest = segments.firstEntry();
        if (oldest == null || oldest.getValue().isOpen()) {
            return false;
        }
        oldest.getValue().delete();
        segments.remove(oldest.getKey());
        touched();
        return true;
    }

    void forget(CardSegment segment) {
        segments.remove(segment.name().start());
        touched();
    }

    /** The segment that begins at or before a time, else the first. */
    Optional<CardSegment> at(Instant time) {
        Map.Entry<Instant, CardSegment> found = segments.floorEntry(time);
        return Optional.ofNullable(found == null ? segments.firstEntry() : found)
                .map(Map.Entry::getValue);
    }

    /** The first that begins behind another. */
    Optional<CardSegment> after(CardSegment segment) {
        return Optional.ofNullable(segments.higherEntry(segment.name().start())).map(Map.Entry::getValue);
    }

    /** The last that begins before another. */
    Optional<CardSegment> before(CardSegment segment) {
        return Optional.ofNullable(segments.lowerEntry(segment.name().start())).map(Map.Entry::getValue);
    }

    List<CardSegment> all() {
        return List.copyOf(segments.values());
    }

    /** Those of the newest segment of which something is on the card. */
    List<Track> tracks() {
        List<Track> known = tracks;
        if (!known.isEmpty()) {
            return extent().isEmpty() ? List.of() : described(known);
        }
        for (CardSegment segment : segments.descendingMap().values()) {
            try {
                return segment.index().tracks();
            } catch (IOException unreadable) {
                // the one before may be better
            }
        }
        return List.of();
    }

    /** With the parameter sets that the file has, which a stream says in band only. */
    private List<Track> described(List<Track> known) {
        for (CardSegment segment : segments.descendingMap().values()) {
            try {
                List<Track> found = segment.index().tracks();
                return CardSegment.fits(found, known) ? found : known;
            } catch (IOException notYet) {
                // its first fragment is not there yet
            }
        }
        return known;
    }

    Optional<Extent> extent() {
        @Nullable Instant from = null;
        for (CardSegment segment : segments.values()) {
            if (segment.bytes() > 0) {
                from = segment.name().start();
                break;
            }
        }
        for (CardSegment segment : segments.descendingMap().values()) {
            if (segment.bytes() > 0 && from != null) {
                return Optional.of(new Extent(from, segment.end()));
            }
        }
        return Optional.empty();
    }
}
