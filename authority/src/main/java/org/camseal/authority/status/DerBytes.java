package org.camseal.authority.status;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** The few forms of DER (X.690) that a revocation list's entries are made of, written without a tree of objects in memory. */
final class DerBytes {
    static final int INTEGER = 0x02;
    static final int BIT_STRING = 0x03;
    static final int OCTET_STRING = 0x04;
    static final int ENUMERATED = 0x0a;
    static final int UTC_TIME = 0x17;
    static final int GENERALIZED_TIME = 0x18;
    static final int SEQUENCE = 0x30;
    static final int CONTEXT_0 = 0xa0;

    private static final DateTimeFormatter UTC =
            DateTimeFormatter.ofPattern("yyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter GENERALIZED =
            DateTimeFormatter.ofPattern("yyyyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);

    /** RFC 5280 section 4.1.2.5: UTCTime through the year 2049, GeneralizedTime from 2050 on. */
    private static final Instant TWO_DIGITS_END = Instant.parse("2050-01-01T00:00:00Z");

    private DerBytes() {}

    /** Tag and length of a value of so many bytes. */
    static byte[] head(int tag, long length) {
        if (length < 0x80) {
            return new byte[] {(byte) tag, (byte) length};
        }
        int bytes = (64 - Long.numberOfLeadingZeros(length) + 7) / 8;
        byte[] head = new byte[2 + bytes];
        head[0] = (byte) tag;
        head[1] = (byte) (0x80 | bytes);
        for (int i = 0; i < bytes; i++) {
            head[2 + i] = (byte) (length >>> (8 * (bytes - 1 - i)));
        }
        return head;
    }

    static byte[] value(int tag, byte[]... parts) {
        byte[] content = joined(parts);
        return joined(head(tag, content.length), content);
    }

    static byte[] joined(byte[]... parts) {
        int length = 0;
        for (byte[] part : parts) {
            length += part.length;
        }
        byte[] all = new byte[length];
        int at = 0;
        for (byte[] part : parts) {
            System.arraycopy(part, 0, all, at, part.length);
            at += part.length;
        }
        return all;
    }

    static byte[] integer(BigInteger number) {
        return value(INTEGER, number.toByteArray());
    }

    /** As certificates and lists write a time. */
    static byte[] time(Instant time) {
        return time.isBefore(TWO_DIGITS_END) ? value(UTC_TIME, ascii(UTC.format(time))) : generalizedTime(time);
    }

    static byte[] generalizedTime(Instant time) {
        return value(GENERALIZED_TIME, ascii(GENERALIZED.format(time)));
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
