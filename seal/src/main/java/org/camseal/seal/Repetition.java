package org.camseal.seal;

import java.time.Duration;
import org.camseal.media.MediaTime;
import org.jspecify.annotations.Nullable;

/** Something that is sent again and again, at most an interval apart by decode time. */
final class Repetition {
    private final Duration interval;
    private @Nullable MediaTime last;

    Repetition(Duration interval) {
        this.interval = interval;
    }

    /** True if it has to go now, because the next chance would be too late; and the first time; and when times go back. */
    boolean isDue(MediaTime now, Duration untilNextChance) {
        if (last == null) {
            return true;
        }
        Duration passed = now.toDuration().minus(last.toDuration());
        return passed.isNegative() || passed.plus(untilNextChance).compareTo(interval) > 0;
    }

    /** It has to go at the next chance. */
    void reset() {
        last = null;
    }

    void sent(MediaTime now) {
        last = now;
    }
}
