package org.camseal.recorder;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What was found about a group of pictures: one line of a recorder's verdict log. Whether it is untouched and whether it is ours are two
 * answers.
 *
 * @param group number of the manifest that covers it; -1 where no manifest does
 * @param run of the sender, 16 hexadecimal digits; empty where unknown
 * @param start UTC time of its first unit
 * @param end UTC time of the unit behind its last
 * @param verdict is it untouched
 * @param reason the reason's name in lower case; empty for authentic
 * @param detail one sentence for a person; empty where there is nothing to say
 * @param signer is it ours
 * @param serial of the device that the video names, or null where nobody signed
 * @param pictures packages of video received
 * @param sounds packages of audio received
 */
public record GroupVerdict(
        long group,
        String run,
        Instant start,
        Instant end,
        Outcome verdict,
        String reason,
        String detail,
        SignedBy signer,
        @Nullable String serial,
        int pictures,
        int sounds) {
    /** Is it untouched? */
    public enum Outcome {
        /** What is there is what the signer sealed, and nothing is missing. */
        AUTHENTIC,
        /** Something is missing; what is there is untouched. */
        INCOMPLETE,
        /** Something contradicts the signer. */
        FORGED,
        /** Nobody vouches for it. */
        UNSIGNED
    }

    /** Is it ours? */
    public enum SignedBy {
        /** A camera that is trusted and, where one is expected, that one. */
        TRUSTED,
        /** Somebody else. */
        UNTRUSTED,
        /** Nobody known. */
        NOBODY
    }
}
