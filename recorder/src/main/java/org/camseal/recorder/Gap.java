package org.camseal.recorder;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A time of which a camera's recording has nothing, and why.
 *
 * @param from the first moment not recorded
 * @param to when recording went on, or null while it lasts
 * @param cause which kind
 * @param detail one sentence for a person
 */
public record Gap(Instant from, @Nullable Instant to, Cause cause, String detail) {
    /** Why nothing was recorded. */
    public enum Cause {
        /** The camera did not answer, or its connection broke. */
        UNREACHABLE,
        /** What answered is not the expected device, or sent what must not be stored (clear video). */
        REFUSED,
        /** Too little room on the disk. */
        DISK_FULL,
        /** The disk does not take what is written to it. */
        DISK_ERROR,
        /** The recorder itself was not running. */
        RECORDER_OFF
    }
}
