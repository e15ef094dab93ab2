package org.camseal.recorder;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import org.camseal.media.AccessUnit;
import org.camseal.media.Track;
import org.camseal.media.VideoUnit;
import org.jspecify.annotations.Nullable;

/**
 * The newest units of one connection to a camera, for viewers that watch as it happens. Every unit has a number that counts from 0 in
 * the order of arrival; units are kept back to the key picture before the last, and never more than the given bytes. A reader that is
 * too slow for that loses whole groups of pictures, never parts of one.
 */
final class RecentUnits {
    /** A unit and its number. */
    record Numbered(long number, AccessUnit unit) {}

    private final List<Track> tracks;
    private final long maxBytes;
    private final ArrayDeque<Numbered> units = new ArrayDeque<>();
    private long next;
    private long bytes;
    private long lastKey = -1;
    private long keyBefore = -1;
    private boolean ended;

    RecentUnits(List<Track> tracks, long maxBytes) {
        this.tracks = List.copyOf(tracks);
        this.maxBytes = maxBytes;
    }

    List<Track> tracks() {
        return tracks;
    }

    synchronized void add(AccessUnit unit) {
        if (unit instanceof VideoUnit video && video.isKey()) {
            keyBefore = lastKey;
            lastKey = next;
        }
        units.addLast(new Numbered(next++, unit));
        bytes += unit.sizeBytes();
        while (!units.isEmpty() && (units.getFirst().number() < keyBefore || bytes > maxBytes)) {
            bytes -= units.removeFirst().unit().sizeBytes();
        }
        notifyAll();
    }

    /** No more units come; whoever waits is told. */
    synchronized void end() {
        ended = true;
        notifyAll();
    }

    synchronized boolean ended() {
        return ended;
    }

    /** The number of the newest key picture that is still kept, or -1. */
    synchronized long lastKey() {
        return units.isEmpty() || lastKey < units.getFirst().number() ? -1 : lastKey;
    }

    /** True if the unit of this number is kept, or is still to come. */
    synchronized boolean reaches(long number) {
        return units.isEmpty() ? number >= next : number >= units.getFirst().number();
    }

    /**
     * The unit of that number, or, where it is kept no more, the newest key picture. Null after the wait, or at the end.
     */
    synchronized @Nullable Numbered await(long number, Duration wait) throws InterruptedException {
        long deadline = System.nanoTime() + wait.toNanos();
        while (number >= next && !ended) {
            long left = (deadline - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                return null;
            }
            wait(left);
        }
        if (number >= next || units.isEmpty()) {
            return null;
        }
        long first = units.getFirst().number();
        long wanted = number >= first ? number : lastKey;
        if (wanted < first) {
            return null;
        }
        for (Numbered unit : units) {
            if (unit.number() == wanted) {
                return unit;
            }
        }
        return null;
    }
}
