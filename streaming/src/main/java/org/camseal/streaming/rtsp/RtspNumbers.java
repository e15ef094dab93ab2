package org.camseal.streaming.rtsp;

import java.util.OptionalInt;

/** Numbers in headers and session descriptions: decimal digits only, bounded. */
public final class RtspNumbers {
    private RtspNumbers() {}

    /** The number that a text is, with blanks around it; empty where it is none, or is more than {@code most}. */
    public static OptionalInt parse(String text, int most) {
        String digits = text.strip();
        if (digits.isEmpty() || digits.length() > 10 || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return OptionalInt.empty();
        }
        long value = Long.parseLong(digits);
        return value > most ? OptionalInt.empty() : OptionalInt.of((int) value);
    }
}
