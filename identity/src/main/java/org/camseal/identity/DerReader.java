package org.camseal.identity;

import java.util.Arrays;

/**
 * Goes through values of DER, one behind the other, where they lie: no copies, so it reads what is too long for objects. Definite lengths of up
 * to four bytes only. Thread-confined.
 */
final class DerReader {
    static final int INTEGER = 0x02;
    static final int BIT_STRING = 0x03;
    static final int UTC_TIME = 0x17;
    static final int GENERALIZED_TIME = 0x18;
    static final int SEQUENCE = 0x30;
    static final int EXPLICIT_0 = 0xa0;

    private static final int LONG_FORM = 0x80;
    private static final int MAX_LENGTH_BYTES = 4;

    private final byte[] der;
    private final int end;
    private int at;

    /** The values that lie from one offset to another. */
    DerReader(byte[] der, int from, int end) {
        this.der = der;
        this.at = from;
        this.end = end;
    }

    /** These bytes are no DER, or not of the form that was expected. */
    static final class Malformed extends Exception {
        private static final long serialVersionUID = 1L;

        Malformed(String what, int offset) {
            super(what + " at byte " + offset);
        }
    }

    /**
     * One value.
     *
     * @param from offset of its tag
     * @param start offset of its content
     * @param end offset behind it
     */
    record Value(int from, int start, int end) {
        byte[] whole(byte[] der) {
            return Arrays.copyOfRange(der, from, end);
        }
    }

    boolean hasMore() {
        return at < end;
    }

    /** True if the next value has that tag. */
    boolean isNext(int tag) {
        return at < end && (der[at] & 0xff) == tag;
    }

    /** Takes the next value, which must have that tag. */
    Value take(int tag) throws Malformed {
        if (!isNext(tag)) {
            throw new Malformed("expected tag " + Integer.toHexString(tag), at);
        }
        int from = at;
        int start = from + 2;
        if (start > end) {
            throw new Malformed("cut", from);
        }
        long length = der[from + 1] & 0xff;
        if (length >= LONG_FORM) {
            int bytes = (int) length - LONG_FORM;
            if (bytes == 0 || bytes > MAX_LENGTH_BYTES || start + bytes > end) {
                throw new Malformed("a length of " + bytes + " bytes", from);
            }
            length = 0;
            for (int i = 0; i < bytes; i++) {
                length = (length << 8) | (der[start + i] & 0xff);
            }
            start += bytes;
        }
        if (length > end - start) {
            throw new Malformed("a value of " + length + " bytes passes the end", from);
        }
        at = start + (int) length;
        return new Value(from, start, at);
    }

    /** The values inside one. */
    DerReader inside(Value value) {
        return new DerReader(der, value.start(), value.end());
    }
}
