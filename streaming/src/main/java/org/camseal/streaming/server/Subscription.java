package org.camseal.streaming.server;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.camseal.media.MediaTime;
import org.jspecify.annotations.Nullable;

/**
 * What waits for one reader. The stream puts units in and never waits; the reader takes them out. Where the reader is too slow, whole
 * groups of pictures are lost: of a group that no longer fits, what still waits is thrown away too, and units are taken again from the
 * next key unit that fits.
 */
final class Subscription implements Feed {
    private final Set<Integer> tracks;
    private final int leadingTrack;
    private final int limitBytes;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final ArrayDeque<Taken> queue = new ArrayDeque<>();
    private final Map<Integer, Integer> lostPackets = new HashMap<>();
    private Runnable told = () -> {};
    private int queuedBytes;
    private boolean waitsForKey;
    private boolean ended;
    private boolean cancelled;
    private long lostUnits;

    /**
     * @param leadingTrack the video track at whose key units groups start; 0 where every unit can be a start
     * @param first units that wait from the beginning, starting at a key unit
     */
    Subscription(Set<Integer> tracks, int leadingTrack, int queueBytes, List<PacketizedUnit> first) {
        this.tracks = Set.copyOf(tracks);
        this.leadingTrack = this.tracks.contains(leadingTrack) ? leadingTrack : 0;
        for (PacketizedUnit unit : first) {
            if (this.tracks.contains(unit.track())) {
                queue.add(new Taken(unit, 0, null));
                queuedBytes += unit.sizeBytes();
            }
        }
        this.limitBytes = (int) Math.min(Integer.MAX_VALUE, (long) queueBytes + queuedBytes);
        this.waitsForKey = queue.isEmpty();
    }

    @Override
    public @Nullable MediaTime firstTime() {
        lock.lock();
        try {
            Taken head = queue.peek();
            return head == null ? null : head.unit().presentation();
        } finally {
            lock.unlock();
        }
    }

    void offer(PacketizedUnit unit) {
        if (!tracks.contains(unit.track())) {
            return;
        }
        lock.lock();
        try {
            if (!ended && !isSkipped(unit)) {
                Integer lost = lostPackets.remove(unit.track());
                queue.add(new Taken(unit, lost == null ? 0 : lost, null));
                queuedBytes += unit.sizeBytes();
                changed.signal();
                told.run();
            }
        } finally {
            lock.unlock();
        }
    }

    private boolean isSkipped(PacketizedUnit unit) {
        boolean fits = queue.isEmpty() || queuedBytes <= limitBytes - unit.sizeBytes();
        if (fits && (!waitsForKey || isStart(unit))) {
            waitsForKey = false;
            return false;
        }
        if (!waitsForKey) {
            waitsForKey = true;
            if (!isStart(unit)) {
                dropLastGroup();
            }
        }
        count(unit, 0);
        return true;
    }

    private boolean isStart(PacketizedUnit unit) {
        return leadingTrack == 0 || (unit.track() == leadingTrack && unit.weight() == PacketizedUnit.Weight.KEY);
    }

    private void dropLastGroup() {
        while (!queue.isEmpty()) {
            Taken last = queue.removeLast();
            queuedBytes -= last.unit().sizeBytes();
            count(last.unit(), last.lostPackets());
            if (isStart(last.unit())) {
                return;
            }
        }
    }

    private void count(PacketizedUnit lost, int lostBefore) {
        lostUnits++;
        lostPackets.merge(lost.track(), lostBefore + lost.payloads().size(), Integer::sum);
    }

    /** Waits for the next unit; null at the end of the stream, when all that waited has been taken. */
    @Override
    public @Nullable Taken take() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (queue.isEmpty() && !ended) {
                changed.await();
            }
            return poll();
        } finally {
            lock.unlock();
        }
    }

    /** Has somebody told, on the thread that changes it, whenever there may be something to take, or nothing any more. */
    void tell(Runnable listener) {
        lock.lock();
        try {
            told = listener;
        } finally {
            lock.unlock();
        }
    }

    /** The next unit; null where there is none now. */
    @Nullable
    Taken poll() {
        lock.lock();
        try {
            Taken head = queue.poll();
            if (head != null) {
                queuedBytes -= head.unit().sizeBytes();
            }
            return head;
        } finally {
            lock.unlock();
        }
    }

    /** True where nothing waits and nothing will come. */
    boolean isDone() {
        lock.lock();
        try {
            return ended && queue.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /** The stream is over: what waits may still be taken. */
    void end() {
        lock.lock();
        try {
            ended = true;
            changed.signalAll();
            told.run();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean await(long nanos) throws InterruptedException {
        TimeUnit.NANOSECONDS.sleep(nanos);
        return true;
    }

    @Override
    public Pace pace() {
        return Pace.ofLive();
    }

    /** The reader is gone: what waits is thrown away. */
    @Override
    public void cancel() {
        lock.lock();
        try {
            ended = true;
            cancelled = true;
            queue.clear();
            queuedBytes = 0;
            changed.signalAll();
            told.run();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean isCancelled() {
        lock.lock();
        try {
            return cancelled;
        } finally {
            lock.unlock();
        }
    }

    /** Units that the reader was too slow for; not those before its first key unit. */
    @Override
    public long lostUnits() {
        lock.lock();
        try {
            return lostUnits;
        } finally {
            lock.unlock();
        }
    }
}
