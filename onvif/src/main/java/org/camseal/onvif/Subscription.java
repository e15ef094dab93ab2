package org.camseal.onvif;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** What one subscriber has not fetched yet. Holds a bounded number of events; of more, the oldest are lost. Safe for several threads. */
final class Subscription {
    static final int MOST_WAITING = 256;

    private final String id;
    private final TopicFilter filter;
    private final Deque<Notice> waiting = new ArrayDeque<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private Instant until;
    private boolean over;
    private int pulls;

    /** What an event is to the subscriber (tt:PropertyOperation). */
    enum Occasion {
        /** How it was when the subscription began. */
        INITIALIZED("Initialized"),
        CHANGED("Changed");

        private final String word;

        Occasion(String word) {
            this.word = word;
        }

        String word() {
            return word;
        }
    }

    record Notice(OnvifEvent event, Occasion occasion) {}

    Subscription(String id, TopicFilter filter, Instant until) {
        this.id = id;
        this.filter = filter;
        this.until = until;
    }

    String id() {
        return id;
    }

    Instant until() {
        lock.lock();
        try {
            return until;
        } finally {
            lock.unlock();
        }
    }

    void renew(Instant later) {
        lock.lock();
        try {
            until = later;
        } finally {
            lock.unlock();
        }
    }

    /** Ends then, if it would end before. */
    void keep(Instant atLeast) {
        lock.lock();
        try {
            until = until.isBefore(atLeast) ? atLeast : until;
        } finally {
            lock.unlock();
        }
    }

    void add(Notice notice) {
        if (!filter.takes(notice.event().topic())) {
            return;
        }
        lock.lock();
        try {
            if (waiting.size() == MOST_WAITING) {
                waiting.remove();
            }
            waiting.add(notice);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits for events and takes them. A second pull ends the first: its client has gone, or has two minds.
     *
     * @param most events to take
     * @return may be empty after the time, or when the subscription is over
     */
    List<Notice> pull(Duration wait, int most) throws InterruptedException {
        lock.lock();
        try {
            int own = ++pulls;
            changed.signalAll();
            long left = wait.toNanos();
            while (waiting.isEmpty() && !over && own == pulls && left > 0) {
                left = changed.awaitNanos(left);
            }
            List<Notice> taken = new ArrayList<>();
            while (own == pulls && taken.size() < most && !waiting.isEmpty()) {
                taken.add(waiting.remove());
            }
            return taken;
        } finally {
            lock.unlock();
        }
    }

    /** Lets whoever pulls go. */
    void end() {
        lock.lock();
        try {
            over = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
