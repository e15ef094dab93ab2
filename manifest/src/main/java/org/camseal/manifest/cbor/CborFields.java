package org.camseal.manifest.cbor;

import java.util.List;

/**
 * Takes a structure's fields in their order, and tells what was expected where something else stands: the decoders of manifests,
 * certificates and grants read with it.
 */
public final class CborFields {
    private final String structure;

    /** @param structure its name, for messages */
    public CborFields(String structure) {
        this.structure = structure;
    }

    /** The values of a map that must have exactly the keys 1 to {@code count}. */
    public List<CborValue> record(CborValue value, int count) throws CborException {
        if (!(value instanceof CborValue.Mapping map)
                || map.entries().size() != count
                || map.entries().firstKey() != 1
                || map.entries().lastKey() != count) {
            throw expected("a map with the keys 1 to " + count);
        }
        return List.copyOf(map.entries().values());
    }

    /** The items of an array of at most {@code most} items. */
    public List<CborValue> array(String field, CborValue value, int most) throws CborException {
        if (!(value instanceof CborValue.Array array) || array.items().size() > most) {
            throw expected(field + ": an array of at most " + most + " items");
        }
        return array.items();
    }

    /** The items of an array of exactly {@code count} items. */
    public List<CborValue> tuple(String field, CborValue value, int count) throws CborException {
        if (!(value instanceof CborValue.Array array) || array.items().size() != count) {
            throw expected(field + ": an array of " + count + " items");
        }
        return array.items();
    }

    /** An integer of 0 to {@code most}. */
    public long number(String field, CborValue value, long most) throws CborException {
        if (!(value instanceof CborValue.Int number) || number.value() < 0 || number.value() > most) {
            throw expected(field + ": an integer from 0 to " + most);
        }
        return number.value();
    }

    /** A byte string of exactly {@code length} bytes. */
    public byte[] bytes(String field, CborValue value, int length) throws CborException {
        if (!(value instanceof CborValue.Bytes bytes) || bytes.shared().length != length) {
            throw expected(field + ": a byte string of " + length + " bytes");
        }
        return bytes.value();
    }

    /** A byte string of at most {@code most} bytes. */
    public byte[] bytesUpTo(String field, CborValue value, int most) throws CborException {
        if (!(value instanceof CborValue.Bytes bytes) || bytes.shared().length > most) {
            throw expected(field + ": a byte string of at most " + most + " bytes");
        }
        return bytes.value();
    }

    /** Text. */
    public String text(String field, CborValue value) throws CborException {
        if (!(value instanceof CborValue.Text text)) {
            throw expected(field + ": text");
        }
        return text.value();
    }

    private CborException expected(String what) {
        return CborException.structure(structure + ": expected " + what);
    }
}
