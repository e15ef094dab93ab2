package org.camseal.manifest.cbor;

import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** One data item: integers, byte strings, text, arrays, maps with integer keys, and tags. Immutable. */
public sealed interface CborValue {
    /** Major types 0 and 1, in the range of a long. */
    record Int(long value) implements CborValue {}

    /** Major type 2. */
    final class Bytes implements CborValue {
        private final byte[] value;

        private Bytes(byte[] value) {
            this.value = value;
        }

        /** Copies the bytes. */
        public static Bytes of(byte[] value) {
            return new Bytes(value.clone());
        }

        static Bytes takingOver(byte[] value) {
            return new Bytes(value);
        }

        /** A copy of the bytes. */
        public byte[] value() {
            return value.clone();
        }

        byte[] shared() {
            return value;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Bytes bytes && Arrays.equals(bytes.value, value);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(value);
        }

        @Override
        public String toString() {
            return "h'" + HexFormat.of().formatHex(value) + "'";
        }
    }

    /** Major type 3, UTF-8. */
    record Text(String value) implements CborValue {}

    /** Major type 4. */
    record Array(List<CborValue> items) implements CborValue {
        public Array {
            items = List.copyOf(items);
        }

        /** An array of the items given. */
        public static Array of(CborValue... items) {
            return new Array(List.of(items));
        }
    }

    /** Major type 5; the keys are integers, in the order of their encodings: 0, 1, 2, …, then -1, -2, …. */
    record Mapping(SortedMap<Long, CborValue> entries) implements CborValue {
        public Mapping {
            SortedMap<Long, CborValue> sorted = new TreeMap<>(Mapping::compareKeys);
            sorted.putAll(entries);
            entries = Collections.unmodifiableSortedMap(sorted);
        }

        /** The order of RFC 8949 section 4.2.1: by the bytes of the encoded keys. */
        static int compareKeys(long a, long b) {
            if ((a < 0) != (b < 0)) {
                return a < 0 ? 1 : -1;
            }
            return a < 0 ? Long.compare(b, a) : Long.compare(a, b);
        }
    }

    /** Major type 6. */
    record Tagged(long tag, CborValue content) implements CborValue {
        public Tagged {
            if (tag < 0) {
                throw new IllegalArgumentException("tag " + tag);
            }
        }
    }
}
