package org.camseal.camera.card;

import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.camseal.media.AccessUnit;
import org.camseal.media.Track;
import org.camseal.media.VideoUnit;
import org.jspecify.annotations.Nullable;

/**
 * What waits for the card, bounded in bytes. Putting never waits: a unit that does not fit is lost, and all behind it up to the next key picture that
 * fits, so that what reaches the card is whole groups but for the end of the one that was cut.
 */
final class CardQueue {
    /** What waits. */
    sealed interface Item {
        /** Units of these tracks follow. */
        record Begin(List<Track> tracks) implements Item {}

        /** A unit; {@code afterLoss} where others were lost in front of it. */
        record Unit(AccessUnit unit, boolean afterLoss) implements Item {}
    }

    private final int mostBytes;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final ArrayDeque<Item> items = new ArrayDeque<>();
    private int bytes;
    private boolean losing;
    private boolean ended;

    CardQueue(int mostBytes) {
        this.mostBytes = mostBytes;
    }

    void begin(List<Track> tracks) {
        lock.lock();
        try {
            items.add(new Item.Begin(tracks));
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    /** True where this unit is the first that is lost. */
    boolean put(AccessUnit unit) {
        lock.lock();
        try {
            boolean fits = bytes <= mostBytes - unit.sizeBytes();
            boolean key = unit instanceof VideoUnit video && video.isKey();
            if (fits && (!losing || key)) {
                items.add(new Item.Unit(unit, losing));
                bytes += unit.sizeBytes();
                losing = false;
                changed.signal();
                return false;
            }
            boolean first = !losing;
            losing = true;
            return first;
        } finally {
            lock.unlock();
        }
    }

    /** Waits for the next; null when it has ended and all was taken. */
    @Nullable
    Item take() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (items.isEmpty() && !ended) {
                changed.await();
            }
            Item item = items.poll();
            if (item instanceof Item.Unit waited) {
                bytes -= waited.unit().sizeBytes();
            }
            return item;
        } finally {
            lock.unlock();
        }
    }

    void end() {
        lock.lock();
        try {
            ended = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
