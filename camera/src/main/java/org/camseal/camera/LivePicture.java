package org.camseal.camera;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.camseal.media.VideoFormat;
import org.camseal.media.VideoUnit;
import org.jspecify.annotations.Nullable;

/**
 * The pictures of a source as they come, in clear and in memory alone, for the camera's own page: two groups of pictures at most, and no more than
 * {@link #MOST_BYTES}, however many look and however slowly. Who comes begins at a key picture; who is slower than the camera loses whole
 * groups. Nobody makes the camera wait. Safe for use by several threads.
 */
public final class LivePicture {
    /** Of coded pictures that are kept; a group that is larger is kept from nobody's past, and goes on with the next key picture. */
    public static final int MOST_BYTES = 16 << 20;

    /** Who may look at the same time. */
    public static final int MOST_WATCHERS = 8;

    private final int mostBytes;
    private final Deque<VideoUnit> kept = new ArrayDeque<>();
    private @Nullable Shown shown;
    private long run;
    private long first;
    private long newestKey;
    private long bytes;
    private int watchers;

    /** A key picture and what decodes it. */
    public record Shown(VideoFormat format, VideoUnit unit) {}

    /** Of a source that has not begun. */
    public LivePicture() {
        this(MOST_BYTES);
    }

    LivePicture(int mostBytes) {
        this.mostBytes = mostBytes;
    }

    /** A picture of the one track that is shown; those in front of the first key picture are of no use to anybody. */
    synchronized void take(VideoFormat format, VideoUnit unit) {
        if (unit.isKey()) {
            shown = new Shown(format, unit);
            if (bytes + unit.sizeBytes() > mostBytes) {
                forgetBefore(next());
            } else {
                forgetBefore(newestKey);
            }
            newestKey = next();
        } else if (kept.isEmpty()) {
            return;
        }
        kept.addLast(unit);
        bytes += unit.sizeBytes();
        if (bytes > mostBytes) {
            forgetBefore(newestKey);
        }
        if (bytes > mostBytes) {
            forgetBefore(next()); // until the next key picture
        }
        notifyAll();
    }

    private void forgetBefore(long number) {
        while (first < number && !kept.isEmpty()) {
            bytes -= kept.removeFirst().sizeBytes();
            first++;
        }
    }

    private long next() {
        return first + kept.size();
    }

    /** The source gives nothing any more; who looks is told. */
    synchronized void forget() {
        shown = null;
        forgetBefore(next());
        run++;
        notifyAll();
    }

    /** The last key picture; empty while the source gives none. */
    public synchronized Optional<Shown> shown() {
        return Optional.ofNullable(shown);
    }

    /** How many look now. */
    public synchronized int watchers() {
        return watchers;
    }

    /**
     * Looks from the newest key picture on, or from the first if there is none yet.
     *
     * @return empty while {@link #MOST_WATCHERS} look
     */
    public synchronized Optional<LiveWatch> watch() {
        if (watchers >= MOST_WATCHERS) {
            return Optional.empty();
        }
        watchers++;
        return Optional.of(new LiveWatch(this, run, kept.isEmpty() ? next() : newestKey));
    }

    synchronized void leave() {
        watchers--;
    }

    /** The picture of that number, or the newest key picture where it is gone; waits for it once. */
    synchronized LiveWatch.Look look(long wantedRun, long wanted, long patienceMillis) throws InterruptedException {
        for (long left = patienceMillis; left > 0 && run == wantedRun && place(wanted) >= next(); left = 0) {
            wait(left); // woken for nothing: who looks looks again
        }
        Shown now = shown;
        if (run != wantedRun) {
            return new LiveWatch.Look.Over();
        }
        long number = place(wanted);
        if (now == null || number >= next()) {
            return new LiveWatch.Look.Nothing();
        }
        VideoUnit unit = kept.stream().skip(number - first).findFirst().orElseThrow();
        return new LiveWatch.Look.Picture(number, now.format(), unit, wanted < first);
    }

    /** Who has fallen behind what is kept goes on at the newest key picture. */
    private long place(long wanted) {
        return wanted >= first ? wanted : Math.max(newestKey, first);
    }
}
