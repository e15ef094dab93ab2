package org.camseal.camera;

import java.io.Closeable;
import java.time.Duration;
import org.camseal.media.MediaTime;
import org.camseal.media.VideoFormat;
import org.camseal.media.VideoUnit;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who looks at a {@link LivePicture}, from one key picture on, whose time is zero. Belongs to one thread; counts as one who looks until it is
 * closed.
 */
public final class LiveWatch implements Closeable {
    private final LivePicture picture;
    private final long run;
    private long next;
    private @Nullable MediaTime begin;
    private boolean closed;

    LiveWatch(LivePicture picture, long run, long next) {
        this.picture = picture;
        this.run = run;
        this.next = next;
    }

    /** What came. */
    public sealed interface Look {
        /**
         * The next picture.
         *
         * @param number counts the pictures that were kept
         * @param format what decodes it, as far as the source says it
         * @param afterLoss whether pictures in front of it were lost to who looks; it is a key picture then
         */
        record Picture(long number, VideoFormat format, VideoUnit unit, boolean afterLoss) implements Look {}

        /** Nothing yet: look again. */
        record Nothing() implements Look {}

        /** The source gives no more; what it gives later is for another {@link LivePicture#watch}. */
        record Over() implements Look {}
    }

    /**
     * Waits for the next picture.
     *
     * @param patience 1 ms and more; after that nothing came
     */
    public Look next(Duration patience) throws InterruptedException {
        Look look = picture.look(run, next, patience.toMillis());
        if (!(look instanceof Look.Picture(long number, VideoFormat format, VideoUnit unit, boolean afterLoss))) {
            return look;
        }
        next = number + 1;
        return new Look.Picture(number, format, placed(unit), afterLoss);
    }

    private VideoUnit placed(VideoUnit unit) {
        MediaTime zero = begin;
        if (zero == null) {
            zero = unit.decodeTime().in(MediaTime.VIDEO_CLOCK_HZ);
            begin = zero;
        }
        return (VideoUnit) Retimed.by(unit, -zero.ticks(), unit.capturedAt());
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            picture.leave();
        }
    }
}
