package org.camseal.streaming.server;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.camseal.media.AccessUnit;
import org.camseal.media.VideoUnit;
import org.jspecify.annotations.Nullable;

/** A place in a recording that moves on from group of pictures to group of pictures. Confined to one thread at a time. */
public interface RecordedGroups extends Closeable {
    /** How a group follows the one in front of it. */
    enum Follows {
        /** At once: capture and media times go on. */
        CLOSELY,
        /** Behind a gap, or after times began anew; also the first. */
        AFTER_GAP
    }

    /**
     * One group of pictures and the sound beside it.
     *
     * @param units in the order in which they were recorded; the first picture is a key picture. At least one
     */
    record Group(List<AccessUnit> units, Follows follows) {
        /** Whether decoding can begin here: its first picture is a key picture, or it has sound alone. */
        boolean isStart() {
            for (AccessUnit unit : units) {
                if (unit instanceof VideoUnit video) {
                    return video.isKey();
                }
            }
            return true;
        }

        public Group {
            units = List.copyOf(units);
            if (units.isEmpty()) {
                throw new IllegalArgumentException("a group without units");
            }
        }
    }

    /**
     * The next group. Where the recording ends for now, waits until there is more, no longer than {@code patience}.
     *
     * @return null where there is no more yet; asked again later, there may be
     * @throws IOException where it cannot be read
     */
    @Nullable
    Group next(Duration patience) throws IOException, InterruptedException;
}
