package org.camseal.identity;

import java.time.Duration;

/**
 * What the queue in front of an element has seen of it since it began; for health pages.
 *
 * @param done what the element has answered, refusals of its own included
 * @param failed how much of that was a refusal or failure
 * @param late answers that came too late for who asked
 * @param refused what was not even asked, because the queue was full or the element hung
 * @param waiting how many wait now
 * @param busyFor how long the element has been at what it does now; zero if it rests
 * @param median of the latest answers' times, the time in the queue included; zero if there are none
 * @param slowest of the latest
 */
public record ElementHealth(
        long done,
        long failed,
        long late,
        long refused,
        int waiting,
        Duration busyFor,
        Duration median,
        Duration slowest) {}
