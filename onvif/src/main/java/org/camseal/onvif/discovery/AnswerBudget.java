package org.camseal.onvif.discovery;

import java.net.InetAddress;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/** How many answers may be sent: so many a second at all, and fewer to one address. Confined to one thread; bounded in memory. */
final class AnswerBudget {
    /** Answers at once; afterwards as many each second. */
    static final int ALL = 20;

    /** To one address within {@link #WINDOW}. */
    static final int EACH = 5;

    private static final Duration WINDOW = Duration.ofSeconds(1);
    private static final int MOST_ADDRESSES = 256;

    private final LongSupplier nanoTime;
    private final Map<InetAddress, Spent> spent = new LinkedHashMap<>();
    private Spent all;

    private record Spent(long sinceNanos, int count) {}

    AnswerBudget(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.all = new Spent(nanoTime.getAsLong(), 0);
    }

    /** True if one more answer may go there; it counts as sent. */
    boolean take(InetAddress to) {
        long now = nanoTime.getAsLong();
        Spent total = current(all, now);
        Spent own = current(spent.getOrDefault(to, new Spent(now, 0)), now);
        if (total.count() >= ALL || own.count() >= EACH) {
            return false;
        }
        all = new Spent(total.sinceNanos(), total.count() + 1);
        spent.remove(to);
        spent.put(to, new Spent(own.sinceNanos(), own.count() + 1));
        if (spent.size() > MOST_ADDRESSES) {
            spent.remove(spent.keySet().iterator().next()); // the bound for all holds whatever is forgotten here
        }
        return true;
    }

    private static Spent current(Spent before, long now) {
        return now - before.sinceNanos() < WINDOW.toNanos() ? before : new Spent(now, 0);
    }
}
