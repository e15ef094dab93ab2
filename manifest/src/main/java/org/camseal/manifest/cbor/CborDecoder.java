package org.camseal.manifest.cbor;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Reads core deterministic CBOR and refuses all else: heads that are not the shortest, indefinite lengths, keys that are unsorted or
 * there twice, keys that are no integers, simple values, floats, integers beyond a long, bytes behind the item, more than 8 levels or
 * 16 384 items. Lengths are compared with what is left before anything is allocated.
 */
public final class CborDecoder {
    /** Levels of nesting. */
    public static final int MAX_DEPTH = 8;

    /** Data items in all. */
    public static final int MAX_ITEMS = 16_384;

    private final byte[] bytes;
    private int offset;
    private int items;

    private CborDecoder(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * The one value these bytes are.
     *
     * @throws CborException where they are not the deterministic encoding of exactly one value
     */
    public static CborValue decode(byte[] bytes) throws CborException {
        CborDecoder decoder = new CborDecoder(bytes);
        CborValue value = decoder.read(MAX_DEPTH);
        if (decoder.offset != bytes.length) {
            throw decoder.fault((bytes.length - decoder.offset) + " bytes behind the item");
        }
        return value;
    }

    private CborValue read(int depth) throws CborException {
        if (depth == 0) {
            throw fault("more than " + MAX_DEPTH + " levels");
        }
        items++;
        if (items > MAX_ITEMS) {
            throw fault("more than " + MAX_ITEMS + " items");
        }
        int at = offset;
        int majorType = peek() >> 5;
        long argument = head();
        return switch (majorType) {
            case 0 -> new CborValue.Int(argument);
            case 1 -> new CborValue.Int(-1 - argument);
            case 2 -> CborValue.Bytes.takingOver(take(argument));
            case 3 -> new CborValue.Text(text(at, take(argument)));
            case 4 -> readArray(argument, depth);
            case 5 -> readMap(argument, depth);
            case 6 -> new CborValue.Tagged(argument, read(depth - 1));
            default -> throw new CborException(at, "a simple value or float; none are used here");
        };
    }

    private CborValue readArray(long count, int depth) throws CborException {
        requireLeft(count);
        List<CborValue> values = new ArrayList<>();
        for (long i = 0; i < count; i++) {
            values.add(read(depth - 1));
        }
        return new CborValue.Array(values);
    }

    private CborValue readMap(long count, int depth) throws CborException {
        requireLeft(count);
        SortedMap<Long, CborValue> entries = new TreeMap<>(CborValue.Mapping::compareKeys);
        for (long i = 0; i < count; i++) {
            int at = offset;
            if (!(read(depth - 1) instanceof CborValue.Int key)) {
                throw new CborException(at, "a map key that is not an integer");
            }
            if (!entries.isEmpty() && CborValue.Mapping.compareKeys(entries.lastKey(), key.value()) >= 0) {
                throw new CborException(at, "map key " + key.value() + " is not greater than the one before it");
            }
            entries.put(key.value(), read(depth - 1));
        }
        return new CborValue.Mapping(entries);
    }

    /** Reads an item's head (RFC 8949 section 3) and returns its argument, 0 to 2^63 - 1. */
    private long head() throws CborException {
        int at = offset;
        int low = peek() & 0x1f;
        offset++;
        if (low < 24) {
            return low;
        }
        if (low > 27) {
            throw new CborException(at, "an indefinite or reserved length");
        }
        int size = 1 << (low - 24);
        requireLeft(size);
        long argument = 0;
        for (int i = 0; i < size; i++) {
            argument = (argument << 8) | (bytes[offset + i] & 0xff);
        }
        offset += size;
        if (argument < 0) {
            throw new CborException(at, "a number of 2^63 or more");
        }
        long least = size == 1 ? 24 : 1L << (size * 4);
        if (argument < least) {
            throw new CborException(at, "a number that is not in its shortest form");
        }
        return argument;
    }

    private int peek() throws CborException {
        requireLeft(1);
        return bytes[offset] & 0xff;
    }

    private byte[] take(long length) throws CborException {
        requireLeft(length);
        byte[] taken = Arrays.copyOfRange(bytes, offset, offset + (int) length);
        offset += (int) length;
        return taken;
    }

    private void requireLeft(long length) throws CborException {
        if (length > bytes.length - offset) {
            throw fault(length + " bytes or items expected, " + (bytes.length - offset) + " bytes are left");
        }
    }

    private static String text(int at, byte[] utf8) throws CborException {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(utf8))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new CborException(at, "text that is not UTF-8");
        }
    }

    private CborException fault(String message) {
        return new CborException(offset, message);
    }
}
