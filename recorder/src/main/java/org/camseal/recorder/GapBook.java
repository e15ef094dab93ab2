package org.camseal.recorder;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The gaps of one camera, written to {@code gaps.jsonl} when they begin and when they end, so that a recorder that dies in a gap knows of
 * it afterwards. A later line with the same beginning replaces the earlier one.
 */
final class GapBook implements Closeable {
    private final Map<Instant, Gap> gaps = new LinkedHashMap<>();
    private final JsonLines log;
    private final Consumer<Gap> listener;
    private @Nullable Gap open;

    private GapBook(JsonLines log, Consumer<Gap> listener) {
        this.log = log;
        this.listener = listener;
    }

    /** @param listener told of each gap that begins or ends */
    static GapBook open(Path file, Instant now, Consumer<Gap> listener) throws IOException {
        List<Gap> lines = JsonLines.read(file, Gap.class);
        GapBook book = new GapBook(JsonLines.open(file), listener);
        for (Gap gap : lines) {
            book.gaps.put(gap.from(), gap);
        }
        for (Gap gap : List.copyOf(book.gaps.values())) {
            if (gap.to() == null) {
                book.open = gap;
                book.end(now);
            }
        }
        return book;
    }

    /** States that nothing is recorded from a moment on. A gap of the same cause goes on; one of another cause ends there. */
    synchronized void begin(Instant from, Gap.Cause cause, String detail) {
        Gap before = open;
        if (before != null && before.cause() == cause) {
            return;
        }
        Instant start = from;
        if (before != null) {
            start = from.isAfter(before.from()) ? from : before.from().plusMillis(1);
            end(start);
        }
        while (gaps.containsKey(start)) {
            start = start.plusMillis(1);
        }
        open = new Gap(start, null, cause, detail);
        record(open);
    }

    /** States that recording goes on. */
    synchronized void end(Instant to) {
        Gap gap = open;
        if (gap != null) {
            open = null;
            Instant end = to.isAfter(gap.from()) ? to : gap.from().plusMillis(1);
            record(new Gap(gap.from(), end, gap.cause(), gap.detail()));
        }
    }

    private void record(Gap gap) {
        gaps.put(gap.from(), gap);
        try {
            log.append(gap);
        } catch (IOException full) {
            // a disk that is full cannot take this line either; the status says it, and the end of the gap is written
            // when there is room
        }
        listener.accept(gap);
    }

    /** Those that have something of the time between, in the order in which they began. */
    synchronized List<Gap> between(Instant from, Instant to) {
        List<Gap> found = new ArrayList<>();
        for (Gap gap : gaps.values()) {
            if (gap.from().isBefore(to) && (gap.to() == null || gap.to().isAfter(from))) {
                found.add(gap);
            }
        }
        return found;
    }

    /** The newest ones, oldest first. */
    synchronized List<Gap> newest(int count) {
        List<Gap> all = List.copyOf(gaps.values());
        return all.subList(Math.max(0, all.size() - count), all.size());
    }

    @Override
    public synchronized void close() throws IOException {
        log.close();
    }
}
