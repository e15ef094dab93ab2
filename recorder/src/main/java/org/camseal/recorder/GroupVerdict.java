package org.camseal.recorder;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the recorder found when a group of pictures arrived: one line of a verdict log.
 *
 * @param group number of the manifest that covers it; -1 where no manifest does
 * @param run of the sender, 16 hexadecimal digits; empty where unknown
 * @param start UTC time of its first unit
 * @param end UTC time of the unit behind its last
 * @param verdict authentic, incomplete, forged or unsigned
 * @param reason the reason's name; empty for authentic
 * @param detail one sentence for a person
 * @param signer trusted, untrusted or none
 * @param serial the signer's device serial, or null where it is not known
 * @param pictures packages of video received
 * @param sounds packages of audio received
 */
public record GroupVerdict(
        long group,
        String run,
        Instant start,
        Instant end,
        String verdict,
        String reason,
        String detail,
        String signer,
        @Nullable String serial,
        int pictures,
        int sounds) {}
