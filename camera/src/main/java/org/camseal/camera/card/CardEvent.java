package org.camseal.camera.card;

import java.time.Instant;

/** Something its owner should know of a card; nothing secret. Told once when it begins, not for each unit. */
public sealed interface CardEvent {
    /** UTC time of capture of the first unit that it is about. */
    Instant from();

    /** In words, one line. */
    String text();

    /**
     * Units reach the card.
     *
     * @param from UTC time of capture of the first
     */
    record Writing(Instant from) implements CardEvent {
        @Override
        public String text() {
            return "the card is written to from " + from + " on";
        }
    }

    /**
     * Units do not reach the card; what is live goes on, and the card is tried again at each key picture.
     *
     * @param from UTC time of capture of the first that is not there
     * @param detail what was seen and what to do, one sentence
     */
    record NotWriting(Instant from, Cause cause, String detail) implements CardEvent {
        @Override
        public String text() {
            return "the card is not written to from " + from + " on: " + detail;
        }
    }

    /** Why a card is not written to. */
    enum Cause {
        /** Its directory is not there. */
        MISSING,
        /** No room, and nothing of ours is left that could be deleted. */
        FULL,
        /** It refuses: read-only, or broken. */
        REFUSED,
        /** It is slower than the camera. */
        SLOW
    }
}
