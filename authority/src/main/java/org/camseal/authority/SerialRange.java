package org.camseal.authority;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Serials that differ in their last digits: {@code CS-000001..CS-009999}.
 *
 * @param prefix what they all begin with; at most 45 characters
 * @param first the first number
 * @param last the last number, not less than the first
 * @param digits how many digits each number has, zeros in front included; 1 to 18
 */
public record SerialRange(String prefix, long first, long last, int digits) {
    /** Most digits that end a serial here: what fits a number of 64 bits. */
    private static final int MAX_DIGITS = 18;

    private static final Pattern SERIAL = Pattern.compile("([A-Za-z0-9._:-]{0,45}?)([0-9]{1," + MAX_DIGITS + "})");

    /**
     * @throws IllegalArgumentException if a part is not of that form
     */
    public SerialRange {
        if (digits < 1
                || digits > MAX_DIGITS
                || first < 0
                || last < first
                || Long.toString(last).length() > digits) {
            throw new IllegalArgumentException("no range of serials: " + first + " to " + last + " in " + digits
                    + " digits (expected: first not above last, 1 to " + MAX_DIGITS + " digits)");
        }
        if (!SERIAL.matcher(prefix + "0").matches()) {
            throw new IllegalArgumentException("\"" + prefix + "\" does not begin serials");
        }
    }

    /**
     * Reads {@code FIRST..LAST}, or one serial alone.
     *
     * @throws AuthorityException.Malformed if the two are not alike but for their last digits
     */
    public static SerialRange parse(String text) throws AuthorityException.Malformed {
        int dots = text.indexOf("..");
        String from = dots < 0 ? text : text.substring(0, dots);
        String to = dots < 0 ? text : text.substring(dots + 2);
        Matcher first = SERIAL.matcher(from);
        Matcher last = SERIAL.matcher(to);
        if (!first.matches()
                || !last.matches()
                || !first.group(1).equals(last.group(1))
                || first.group(2).length() != last.group(2).length()) {
            throw new AuthorityException.Malformed(
                    "\"" + text + "\" is no range of serials: expected FIRST..LAST, alike but" + " for their last 1 to "
                            + MAX_DIGITS + " digits, such as CS-000001..CS-009999");
        }
        try {
            return new SerialRange(
                    first.group(1),
                    Long.parseLong(first.group(2)),
                    Long.parseLong(last.group(2)),
                    first.group(2).length());
        } catch (IllegalArgumentException e) {
            throw new AuthorityException.Malformed("\"" + text + "\" is no range of serials: " + e.getMessage(), e);
        }
    }

    /** True if that serial is one of them. */
    public boolean contains(String serial) {
        if (serial.length() != prefix.length() + digits || !serial.startsWith(prefix)) {
            return false;
        }
        String number = serial.substring(prefix.length());
        if (!number.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return false;
        }
        long value = Long.parseLong(number);
        return value >= first && value <= last;
    }

    /** As {@link #parse} reads it. */
    @Override
    public String toString() {
        return serial(first) + ".." + serial(last);
    }

    private String serial(long number) {
        String plain = Long.toString(number);
        return prefix + "0".repeat(digits - plain.length()) + plain;
    }
}
