package org.camseal.streaming.rtsp;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.camseal.streaming.ProtocolException;
import org.jspecify.annotations.Nullable;

/** What a Range header asks for or states (RFC 2326 sections 3.5 to 3.7 and 12.29). */
public sealed interface PlayRange {
    /**
     * A range of UTC time, {@code clock=20261121T100000.123Z-}.
     *
     * @param from null for where the playback stands, at first the beginning
     * @param to behind the last moment; null for no end. May be before {@code from}: in reverse, or by mistake
     */
    record Clock(@Nullable Instant from, @Nullable Instant to) implements PlayRange {
        public Clock {
            if (from == null && to == null) {
                throw new IllegalArgumentException("a range without start and end");
            }
        }

        /** As it stands in a header: to the millisecond, or to the microsecond where it is not a whole millisecond. */
        @Override
        public String toString() {
            return "clock=" + utc(from) + "-" + utc(to);
        }

        private static String utc(@Nullable Instant time) {
            if (time == null) {
                return "";
            }
            return (time.equals(time.truncatedTo(ChronoUnit.MILLIS)) ? UTC_MILLIS : UTC_MICROS).format(time);
        }
    }

    /**
     * A range of time since the beginning, {@code npt=10.5-}.
     *
     * @param from null for where the playback stands
     * @param to null for no end
     */
    record NormalPlayTime(@Nullable Duration from, @Nullable Duration to) implements PlayRange {
        /** As it stands in a header, to the millisecond. */
        @Override
        public String toString() {
            return "npt=" + seconds(from) + "-" + seconds(to);
        }

        private static String seconds(@Nullable Duration time) {
            return time == null ? "" : String.format(Locale.ROOT, "%d.%03d", time.toSeconds(), time.toMillisPart());
        }
    }

    /** What is live, {@code npt=now-}. */
    record Now() implements PlayRange {}

    /** A unit that is not known here, such as smpte. */
    record OtherUnit(String unit) implements PlayRange {}

    /** utc-time of RFC 2326 section 3.7, with milliseconds. */
    DateTimeFormatter UTC_MILLIS =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss.SSS'Z'").withZone(ZoneOffset.UTC);

    /** The same with microseconds. */
    DateTimeFormatter UTC_MICROS =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

    /** A header is no longer than this. */
    int MAX_LENGTH = 256;

    /**
     * Reads a Range header; a parameter behind it, such as {@code time=}, is passed over.
     *
     * @throws ProtocolException saying what is wrong with it
     */
    static PlayRange parse(String header) throws ProtocolException {
        if (header.length() > MAX_LENGTH) {
            throw new ProtocolException("Range of more than " + MAX_LENGTH + " characters");
        }
        String text = header.split(";", 2)[0].strip();
        int equals = text.indexOf('=');
        if (equals < 1) {
            throw new ProtocolException("Range without a unit and \"=\" (RFC 2326 section 12.29)");
        }
        String unit = text.substring(0, equals).strip();
        String value = text.substring(equals + 1).strip();
        return switch (unit) {
            case "clock" -> clock(value);
            case "npt" -> Npt.parse(value);
            default -> new OtherUnit(unit.replaceAll("[^A-Za-z0-9-]", ""));
        };
    }

    private static Clock clock(String value) throws ProtocolException {
        int dash = value.indexOf('-');
        String from = dash < 0 ? "" : value.substring(0, dash).strip();
        String to = dash < 0 ? "" : value.substring(dash + 1).strip();
        if (from.isEmpty() && to.isEmpty()) {
            throw new ProtocolException("Range clock without a time and \"-\" (RFC 2326 section 3.7)");
        }
        return new Clock(from.isEmpty() ? null : UtcTime.parse(from), to.isEmpty() ? null : UtcTime.parse(to));
    }

    /** {@code 20261121T100000.123Z}; RFC 2326 allows any fraction, of which nine digits count. */
    final class UtcTime {
        private static final Pattern SHAPE = Pattern.compile("(\\d{8})T(\\d{6})(?:\\.(\\d{1,32}))?Z");
        private static final DateTimeFormatter DIGITS =
                DateTimeFormatter.ofPattern("uuuuMMddHHmmss").withResolverStyle(ResolverStyle.STRICT);

        private UtcTime() {}

        static Instant parse(String text) throws ProtocolException {
            Matcher shape = SHAPE.matcher(text);
            if (!shape.matches()) {
                throw new ProtocolException("Range clock with a time unlike 20261121T100000.123Z");
            }
            String fraction = shape.group(3) == null ? "" : shape.group(3);
            try {
                return LocalDateTime.parse(shape.group(1) + shape.group(2), DIGITS)
                        .plusNanos(Long.parseLong((fraction + "000000000").substring(0, 9)))
                        .toInstant(ZoneOffset.UTC);
            } catch (DateTimeException e) {
                throw new ProtocolException("Range clock with a time that no calendar has", e);
            }
        }
    }

    /** {@code 12.5-}, {@code 0:01:30.5-0:02:00}, {@code now-} (RFC 2326 section 3.6). */
    final class Npt {
        private static final Pattern SECONDS = Pattern.compile("(\\d{1,9})(?:\\.(\\d{0,32}))?");
        private static final Pattern HOURS = Pattern.compile("(\\d{1,5}):([0-5]?\\d):([0-5]?\\d)(?:\\.(\\d{0,32}))?");

        private Npt() {}

        static PlayRange parse(String value) throws ProtocolException {
            int dash = value.indexOf('-');
            String from = dash < 0 ? "" : value.substring(0, dash).strip();
            String to = dash < 0 ? "" : value.substring(dash + 1).strip();
            if (from.isEmpty() && to.isEmpty()) {
                throw new ProtocolException("Range npt without a time and \"-\" (RFC 2326 section 3.6)");
            }
            if (from.equals("now")) {
                return new Now();
            }
            return new NormalPlayTime(from.isEmpty() ? null : time(from), to.isEmpty() ? null : time(to));
        }

        private static Duration time(String text) throws ProtocolException {
            Matcher seconds = SECONDS.matcher(text);
            if (seconds.matches()) {
                return Duration.ofSeconds(Long.parseLong(seconds.group(1))).plusNanos(nanos(seconds.group(2)));
            }
            Matcher hours = HOURS.matcher(text);
            if (hours.matches()) {
                return Duration.ofHours(Long.parseLong(hours.group(1)))
                        .plusMinutes(Long.parseLong(hours.group(2)))
                        .plusSeconds(Long.parseLong(hours.group(3)))
                        .plusNanos(nanos(hours.group(4)));
            }
            throw new ProtocolException("Range npt with a time unlike 12.5 or 0:01:30.5");
        }

        private static long nanos(@Nullable String fraction) {
            return fraction == null || fraction.isEmpty()
                    ? 0
                    : Long.parseLong((fraction + "000000000").substring(0, 9));
        }
    }
}
