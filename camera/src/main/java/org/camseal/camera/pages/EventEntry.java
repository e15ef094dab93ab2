package org.camseal.camera.pages;

import java.time.Instant;

/**
 * One line of the event log.
 *
 * @param seq from 1, without gaps
 * @param who the user who did it; "" for the camera itself or a stranger
 * @param what the kind of event
 * @param before hash of the line before, in hexadecimal digits
 */
public record EventEntry(long seq, Instant at, String who, String what, String detail, String before) {
    private static final int MOST = 300;

    static EventEntry of(long seq, Instant at, String who, String what, String detail, String before) {
        return new EventEntry(seq, at, who, what, plain(detail), before);
    }

    /** As much as fits, without control characters: peers choose some of it. */
    private static String plain(String text) {
        String clean = text.replaceAll("[\\p{Cntrl}\\p{Cs}\\u2028\\u2029\\u202a-\\u202e\\u2066-\\u2069]", " ")
                .strip();
        return clean.length() > MOST ? clean.substring(0, MOST - 1) + "…" : clean;
    }
}
