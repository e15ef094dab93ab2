package org.camseal.web;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The one range of bytes a client wants of a file (RFC 9110 section 14).
 *
 * @param first offset of the first byte
 * @param length bytes; at least 1
 */
record ByteRange(long first, long length) {
    private static final Pattern SINGLE = Pattern.compile("bytes=(\\d{0,18})-(\\d{0,18})");

    /** What a Range header means for a file. */
    sealed interface Wish {
        /** No range, or one that may be ignored: several ranges, other units, bad form. */
        record Whole() implements Wish {}

        record Part(ByteRange range) implements Wish {}

        /** A range that the file does not have. */
        record Unsatisfiable() implements Wish {}
    }

    static Wish of(Optional<String> header, long size) {
        Matcher matcher = SINGLE.matcher(header.orElse("").replace(" ", ""));
        if (!matcher.matches()
                || (matcher.group(1).isEmpty() && matcher.group(2).isEmpty())) {
            return new Wish.Whole();
        }
        if (matcher.group(1).isEmpty()) {
            long last = Math.min(Long.parseLong(matcher.group(2)), size);
            return last == 0 ? new Wish.Unsatisfiable() : new Wish.Part(new ByteRange(size - last, last));
        }
        long first = Long.parseLong(matcher.group(1));
        long end = matcher.group(2).isEmpty() ? size - 1 : Math.min(Long.parseLong(matcher.group(2)), size - 1);
        if (!matcher.group(2).isEmpty() && Long.parseLong(matcher.group(2)) < first) {
            return new Wish.Whole();
        }
        return first >= size ? new Wish.Unsatisfiable() : new Wish.Part(new ByteRange(first, end - first + 1));
    }

    /** For Content-Range. */
    String of(long size) {
        return "bytes " + first + "-" + (first + length - 1) + "/" + size;
    }
}
