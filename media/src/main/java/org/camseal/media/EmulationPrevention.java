package org.camseal.media;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Objects;

/**
 * The emulation prevention bytes of a NAL unit: a 0x03 put between two zero bytes and a byte of 3 or less, so that no start code
 * stands inside the unit (ITU-T H.264 section 7.4.1, H.265 section 7.4.2).
 *
 * <p>"Raw" is the unit as it stands in the stream, "RBSP" is the unit without these bytes; here both begin with the NAL header. The
 * running state, that is how many zero bytes stand right before, is always read from the raw bytes already there: so a unit can be
 * built and taken apart in pieces, with nothing to carry along. Both directions copy in runs, at most one pass.
 */
public final class EmulationPrevention {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGHS = 0x8080808080808080L;
    private static final byte PREVENTION = 3;

    private EmulationPrevention() {}

    /** The most raw bytes that this many RBSP bytes can become, whatever stands before them. */
    public static int maxEscapedLength(int rbspLength) {
        return Math.addExact(rbspLength, rbspLength / 2 + (rbspLength & 1));
    }

    /**
     * Appends RBSP bytes to a NAL unit being built, with emulation prevention bytes where they and the unit's bytes so far need them.
     *
     * <p>The unit's last byte must not be zero; that is the caller's affair.
     *
     * @param source holds the RBSP bytes at {@code from} (inclusive) to {@code to} (exclusive)
     * @param target holds the unit's raw bytes so far at {@code nalStart} to {@code at}, and has room for what is appended: at most
     *     {@link #maxEscapedLength}; another array than the source
     * @return the new end of the unit in the target
     * @throws IndexOutOfBoundsException where the target is too small
     */
    public static int escape(byte[] source, int from, int to, byte[] target, int nalStart, int at) {
        Objects.checkFromToIndex(from, to, source.length);
        int zeros = zerosBefore(target, nalStart, at);
        int end = at;
        int copied = from;
        int i = from;
        while (i < to) {
            if (zeros == 0) {
                i = nextZero(source, i, to);
                zeros = 1;
                i++;
                continue;
            }
            byte b = source[i];
            if (zeros >= 2 && (b & 0xfc) == 0) {
                System.arraycopy(source, copied, target, end, i - copied);
                end += i - copied;
                copied = i;
                target[end++] = PREVENTION;
                zeros = 0;
            }
            zeros = b == 0 ? zeros + 1 : 0;
            i++;
        }
        System.arraycopy(source, copied, target, end, to - copied);
        return end + to - copied;
    }

    /**
     * Whether {@link #escape} would put anything in: true if two zero bytes and a byte of 3 or less follow one another, the last of them
     * in the part looked at. In ciphertext that is so once in four million bytes, so asking first mostly saves the copy.
     *
     * @param unit the unit's raw bytes before {@code from}, its RBSP bytes from there on
     */
    public static boolean isNeeded(byte[] unit, int from, int to) {
        Objects.checkFromToIndex(from, to, unit.length);
        return nextPlace(unit, Math.max(from - 2, 0), to) < to;
    }

    /**
     * How many bytes {@link #escape} would put in.
     *
     * @param unit the unit's raw bytes before {@code from}, its RBSP bytes from there on
     */
    public static int countNeeded(byte[] unit, int from, int to) {
        Objects.checkFromToIndex(from, to, unit.length);
        int count = 0;
        for (int at = nextPlace(unit, Math.max(from - 2, 0), to); at < to; at = nextPlace(unit, at, to)) {
            count++;
        }
        return count;
    }

    /**
     * Escapes a unit where it stands. Moves the unit's end for each byte put in, so it is for units that need few, such as ciphertext.
     *
     * @param unit the unit's raw bytes before {@code from}, its RBSP bytes from there to {@code to}, then room for
     *     {@link #countNeeded} bytes
     * @return the new end
     * @throws IndexOutOfBoundsException where there is no room
     */
    public static int escapeInPlace(byte[] unit, int from, int to) {
        Objects.checkFromToIndex(from, to, unit.length);
        int end = to;
        for (int at = nextPlace(unit, Math.max(from - 2, 0), end); at < end; at = nextPlace(unit, at + 1, end)) {
            System.arraycopy(unit, at, unit, at + 1, end - at);
            unit[at] = PREVENTION;
            end++;
        }
        return end;
    }

    /** Index of the next byte of 3 or less behind two zero bytes, all three at {@code from} or later; or {@code to}. */
    private static int nextPlace(byte[] unit, int from, int to) {
        int i = nextZeroPair(unit, from, to);
        while (i + 2 < to && (unit[i + 2] & 0xfc) != 0) {
            i = nextZeroPair(unit, i + 1, to);
        }
        return i + 2 < to ? i + 2 : to;
    }

    /** A whole RBSP, NAL header first, as it stands in a stream. */
    public static byte[] escape(byte[] rbsp) {
        byte[] target = new byte[rbsp.length + countNeeded(rbsp, 0, rbsp.length)];
        escape(rbsp, 0, rbsp.length, target, 0, 0);
        return target;
    }

    /**
     * Takes the emulation prevention bytes out of a part of a NAL unit. A prevention byte that the bytes before {@code from} call for is
     * taken out too.
     *
     * @param nal the raw unit, its header at index 0
     * @param from first raw byte of the part
     * @param to end (exclusive) of the part
     * @param target has room for {@code to - from} bytes; may be the unit's own array if {@code at <= from}
     * @return the new end in the target
     */
    public static int unescape(byte[] nal, int from, int to, byte[] target, int at) {
        Objects.checkFromToIndex(from, to, nal.length);
        int zeros = zerosBefore(nal, 0, from);
        int end = at;
        int copied = from;
        int i = from;
        while (i < to) {
            if (zeros == 0) {
                i = nextZero(nal, i, to);
                zeros = 1;
                i++;
                continue;
            }
            byte b = nal[i];
            if (zeros >= 2 && b == PREVENTION) {
                System.arraycopy(nal, copied, target, end, i - copied);
                end += i - copied;
                copied = i + 1;
            }
            zeros = b == 0 ? zeros + 1 : 0;
            i++;
        }
        System.arraycopy(nal, copied, target, end, to - copied);
        return end + to - copied;
    }

    /** The whole unit, NAL header first, without emulation prevention bytes; always a new array. */
    public static byte[] unescape(byte[] nal) {
        byte[] target = new byte[nal.length];
        int end = unescape(nal, 0, nal.length, target, 0);
        return end == target.length ? target : Arrays.copyOf(target, end);
    }

    /**
     * Where a byte of the RBSP stands in the raw unit.
     *
     * @param nal the raw unit, its header at index 0
     * @param rbspPosition 0 is the first byte of the NAL header
     * @throws IndexOutOfBoundsException where the RBSP has no such byte
     */
    public static int rawPosition(byte[] nal, int rbspPosition) {
        int zeros = 0;
        int left = rbspPosition;
        for (int i = 0; i < nal.length && left >= 0; i++) {
            if (zeros >= 2 && nal[i] == PREVENTION) {
                zeros = 0;
                continue;
            }
            if (left == 0) {
                return i;
            }
            left--;
            zeros = nal[i] == 0 ? zeros + 1 : 0;
        }
        throw new IndexOutOfBoundsException("RBSP byte " + rbspPosition + " of a NAL unit of " + nal.length + " bytes");
    }

    /** Zero bytes right before {@code at}, 0 to 2: the running state of both directions. */
    static int zerosBefore(byte[] raw, int nalStart, int at) {
        Objects.checkFromToIndex(nalStart, at, raw.length);
        if (at == nalStart || raw[at - 1] != 0) {
            return 0;
        }
        return at - 1 == nalStart || raw[at - 2] != 0 ? 1 : 2;
    }

    /** Index of the next two zero bytes in a row, or {@code to}. A byte of {@code a | b} is zero where both neighbours are. */
    private static int nextZeroPair(byte[] bytes, int from, int to) {
        int i = from;
        while (i <= to - (4 * Long.BYTES + 1)) {
            long marks = pairMarks(bytes, i)
                    | pairMarks(bytes, i + Long.BYTES)
                    | pairMarks(bytes, i + 2 * Long.BYTES)
                    | pairMarks(bytes, i + 3 * Long.BYTES);
            if (marks != 0) {
                break;
            }
            i += 4 * Long.BYTES;
        }
        while (i < to - 1 && (bytes[i] | bytes[i + 1]) != 0) {
            i++;
        }
        return i < to - 1 ? i : to;
    }

    private static long pairMarks(byte[] bytes, int at) {
        long pairs = (long) LONG.get(bytes, at) | (long) LONG.get(bytes, at + 1);
        return (pairs - ONES) & ~pairs & HIGHS;
    }

    /** Index of the next zero byte, or {@code to}. Zeros are rare in coded pictures, so eight bytes are looked at in one step. */
    static int nextZero(byte[] bytes, int from, int to) {
        int i = from;
        while (i <= to - Long.BYTES) {
            long word = (long) LONG.get(bytes, i);
            long marks = (word - ONES) & ~word & HIGHS;
            if (marks != 0) {
                // The lowest mark is exact; only marks above it may be false.
                return i + (Long.numberOfTrailingZeros(marks) >>> 3);
            }
            i += Long.BYTES;
        }
        while (i < to && bytes[i] != 0) {
            i++;
        }
        return i;
    }
}
