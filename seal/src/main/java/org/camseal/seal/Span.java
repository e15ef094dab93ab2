package org.camseal.seal;

import java.util.Objects;

/** A stretch of a byte array that belongs to somebody else, and is kept no longer than the call that it is given to. */
final class Span {
    private final byte[] array;
    private final int offset;
    private final int length;

    private Span(byte[] array, int offset, int length) {
        this.array = array;
        this.offset = offset;
        this.length = length;
    }

    /** @throws IndexOutOfBoundsException where the stretch leaves the array */
    static Span of(byte[] array, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, array.length);
        return new Span(array, offset, length);
    }

    static Span of(byte[] array) {
        return new Span(array, 0, array.length);
    }

    byte[] array() {
        return array;
    }

    int offset() {
        return offset;
    }

    int length() {
        return length;
    }
}
